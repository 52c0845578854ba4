/** More: outbox, settings, storage, clock, about, sign out. */
import { useState } from "preact/hooks";
import { PIN_LENGTH } from "../crypto/pin";
import { ago, count, instant } from "../i18n/formats";
import { language, speak, words } from "../i18n/words";
import { BigChoice, Button, Card, Chip, Facts, Field, Notice, Row, Rows, Screen } from "../parts/parts";
import { goInstead } from "../parts/route";
import { useAnswer, useOutbox, useVault } from "../parts/use";
import { UNSETTLED } from "../store/commands";
import { changePin, destroy, lock } from "../store/vault";
import { contact, SKEW_TOLD } from "../sync/contact";
import { contactNow } from "../sync/running";
import { install, installed, update, useUpdate } from "../sync/updates";
import { NewPin } from "./gate";

const WORDS = words(
  {
    title: "Lainnya",
    outbox: "Kotak keluar",
    outboxUnder: (n: number) => (n === 0 ? "Tidak ada yang menunggu kirim" : `${n} menunggu kirim`),
    explain: "Jelaskan",
    explainUnder: "Program, manfaat, dan iuran untuk ditunjukkan",
    attend: "Daftar hadir",
    attendUnder: "Siapa yang datang ke sosialisasi",
    settings: "Pengaturan",
    settingsUnder: "Bahasa, PIN, penyimpanan",
    contact: "Sambungan dengan kantor",
    last: "Terakhir tersambung",
    never: "belum pernah",
    clock: "Jam HP",
    clockRight: "cocok dengan jam kantor",
    clockAhead: (minutes: string) => `${minutes} menit lebih cepat dari jam kantor`,
    clockBehind: (minutes: string) => `${minutes} menit lebih lambat dari jam kantor`,
    clockWhy:
      "Betulkan di pengaturan HP: pilih tanggal dan waktu otomatis. Tanggal pekerjaan Anda bergantung padanya.",
    now: "Sambungkan sekarang",
    busy: "Sedang tersambung…",
    update: "Versi baru siap",
    updateClear: "Ketuk untuk memakainya. Anda perlu memasukkan PIN lagi.",
    updateWaiting: (n: number) =>
      `${n} pekerjaan belum terkirim. Semuanya tetap tersimpan kalau Anda memperbarui sekarang, tetapi lebih tenang mengirim dulu.`,
    updateNow: "Perbarui sekarang",
    install: "Pasang di layar utama",
    installUnder: "Dibuka seperti aplikasi lain, juga tanpa sinyal",
    installWords: "Buka menu peramban (titik tiga di pojok), lalu pilih “Tambahkan ke layar utama”.",
    about: "Tentang",
    agent: "Agen",
    branch: "Kantor cabang",
    device: "Nomor HP ini di kantor",
    version: "Versi",
    lock: "Kunci aplikasi",
    leave: "Keluar dari HP ini",
    back: "Kembali",
    languageLabel: "Bahasa",
    pinTitle: "Ganti PIN",
    pinOld: "PIN sekarang",
    pinWrong: "PIN sekarang salah. Periksa lalu ketik lagi.",
    pinChanged: "PIN sudah diganti",
    storage: "Penyimpanan",
    storageUsed: "Terpakai",
    storageOf: (used: string, of: string) => `${used} MB dari ${of} MB yang boleh dipakai`,
    kept: "Dijaga dari penghapusan otomatis",
    keptYes: "ya",
    keptNo: "tidak",
    keptNoWhy:
      "Kalau HP hampir penuh, peramban boleh menghapus data ini. Pasang aplikasi di layar utama dan kirim kotak keluar sesering mungkin.",
    keptAsk: "Minta HP menjaganya",
    leaveTitle: "Keluar dari HP ini",
    leaveWhy:
      "Semua data Anda di HP ini dihapus: salinan peserta, draf, dan kotak keluar. Untuk masuk lagi perlu sinyal.",
    leaveLoses: (n: number, drafts: number) =>
      `${n} pekerjaan belum terkirim dan ${drafts} draf akan hilang. Kirim dulu, atau simpan sebagai berkas di kotak keluar.`,
    leaveType: (name: string) => `Ketik ${name} untuk menghapus`,
    leaveNow: "Hapus dan keluar",
  },
  {
    title: "More",
    outbox: "Outbox",
    outboxUnder: (n: number) => (n === 0 ? "Nothing waits to be sent" : `${n} waiting to be sent`),
    explain: "Explain",
    explainUnder: "Programmes, benefits and contributions to show",
    attend: "Attendance",
    attendUnder: "Who came to an education event",
    settings: "Settings",
    settingsUnder: "Language, PIN, storage",
    contact: "Contact with the office",
    last: "Last contact",
    never: "never",
    clock: "The phone's clock",
    clockRight: "agrees with the office's",
    clockAhead: (minutes: string) => `${minutes} minutes ahead of the office's`,
    clockBehind: (minutes: string) => `${minutes} minutes behind the office's`,
    clockWhy:
      "Mend it in the phone's settings: choose automatic date and time. The dates of your work depend on it.",
    now: "Contact now",
    busy: "In contact…",
    update: "A new version is ready",
    updateClear: "Tap to use it. You will need your PIN again.",
    updateWaiting: (n: number) =>
      `${n} pieces of work are unsent. All of it is kept if you update now, but it is calmer to send first.`,
    updateNow: "Update now",
    install: "Put it on the home screen",
    installUnder: "Opens like any other app, also without a signal",
    installWords: "Open the browser's menu (three dots in the corner), then choose “Add to home screen”.",
    about: "About",
    agent: "Agent",
    branch: "Branch",
    device: "This phone's number at the office",
    version: "Version",
    lock: "Lock the app",
    leave: "Sign out of this phone",
    back: "Back",
    languageLabel: "Language",
    pinTitle: "Change the PIN",
    pinOld: "PIN now",
    pinWrong: "The PIN now is wrong. Check it and type it again.",
    pinChanged: "The PIN was changed",
    storage: "Storage",
    storageUsed: "Used",
    storageOf: (used: string, of: string) => `${used} MB of ${of} MB allowed`,
    kept: "Guarded against automatic deletion",
    keptYes: "yes",
    keptNo: "no",
    keptNoWhy:
      "When the phone is nearly full, the browser may delete this data. Put the app on the home screen and send the outbox as often as you can.",
    keptAsk: "Ask the phone to guard it",
    leaveTitle: "Sign out of this phone",
    leaveWhy:
      "All your data on this phone is deleted: the copy of members, drafts and outbox. To sign in again you need a signal.",
    leaveLoses: (n: number, drafts: number) =>
      `${n} unsent pieces of work and ${drafts} drafts would be lost. Send first, or save them as a file in the outbox.`,
    leaveType: (name: string) => `Type ${name} to delete`,
    leaveNow: "Delete and sign out",
  },
);

export function More() {
  const t = WORDS();
  const waiting = (useOutbox() ?? []).filter((row) => UNSETTLED.includes(row.state)).length;
  return (
    <Screen title={t.title}>
      <Update waiting={waiting} />
      <Rows>
        <Row icon="send" to="/kotak-keluar" title={t.outbox}>
          {t.outboxUnder(waiting)}
        </Row>
        <Row icon="school" to="/jelaskan" title={t.explain}>
          {t.explainUnder}
        </Row>
        <Row icon="users" to="/hadir" title={t.attend}>
          {t.attendUnder}
        </Row>
        <Row icon="settings" to="/pengaturan" title={t.settings}>
          {t.settingsUnder}
        </Row>
        {!installed() && <Install />}
        <Row icon="lock" title={t.lock} onClick={lock} />
        <Row icon="sign-out" to="/keluar" title={t.leave} />
      </Rows>
      <ContactFacts />
      <About />
    </Screen>
  );
}

function Update({ waiting }: { readonly waiting: number }) {
  const t = WORDS();
  if (!useUpdate()) return null;
  return (
    <Notice tone="info" title={t.update}>
      {waiting > 0 ? t.updateWaiting(waiting) : t.updateClear}
      <Button icon="refresh" onClick={update}>
        {t.updateNow}
      </Button>
    </Notice>
  );
}

function Install() {
  const t = WORDS();
  const [told, setTold] = useState(false);
  return (
    <>
      <Row icon="device" title={t.install} onClick={() => void install().then((asked) => setTold(!asked))}>
        {t.installUnder}
      </Row>
      {told && <Notice tone="info">{t.installWords}</Notice>}
    </>
  );
}

function ContactFacts() {
  const t = WORDS();
  const { last_at, skew_ms, busy } = contact.value;
  const minutes = Math.round(skew_ms / 60_000);
  const wrong = Math.abs(skew_ms) > SKEW_TOLD;
  const clock = !wrong
    ? t.clockRight
    : minutes > 0
      ? t.clockAhead(count(minutes))
      : t.clockBehind(count(-minutes));
  return (
    <Card title={t.contact}>
      <Facts
        facts={[
          [t.last, last_at ? `${ago(last_at)} (${instant(last_at)})` : t.never],
          [t.clock, last_at && clock],
        ]}
      />
      {wrong && <Notice tone="soon">{t.clockWhy}</Notice>}
      <Button icon="refresh" disabled={busy !== null} onClick={() => void contactNow()}>
        {busy ? t.busy : t.now}
      </Button>
    </Card>
  );
}

function About() {
  const t = WORDS();
  const { agent, device } = useVault();
  return (
    <Card title={t.about}>
      <Facts
        facts={[
          [t.agent, `${agent.name} (${agent.number})`],
          [t.branch, agent.branch_name],
          [t.device, device.slice(-12)],
          [t.version, __BUILT_ON__],
        ]}
      />
    </Card>
  );
}

export function Settings() {
  const t = WORDS();
  return (
    <Screen title={t.settings} back="/lainnya">
      <BigChoice
        label={t.languageLabel}
        value={language.value}
        onChoose={speak}
        choices={[
          { value: "id", label: "Bahasa Indonesia" },
          { value: "en", label: "English" },
        ]}
      />
      <ChangePin />
      <Storage />
    </Screen>
  );
}

function ChangePin() {
  const t = WORDS();
  const { device } = useVault();
  const [old, setOld] = useState("");
  const [outcome, setOutcome] = useState<boolean | null>(null);
  const change = async (pin: string) => {
    const changed = await changePin(device, old, pin);
    setOutcome(changed);
    if (changed) setOld("");
  };
  return (
    <Card title={t.pinTitle}>
      {outcome && <Notice tone="good">{t.pinChanged}</Notice>}
      <Field
        label={t.pinOld}
        type="password"
        mode="numeric"
        value={old}
        onInput={(typed) => setOld(typed.replace(/\D/g, "").slice(0, PIN_LENGTH))}
        wrong={outcome === false ? t.pinWrong : undefined}
      />
      {old.length === PIN_LENGTH && <NewPin onChosen={(pin) => void change(pin)} />}
    </Card>
  );
}

const megabytes = (bytes: number | undefined): string => count(Math.round((bytes ?? 0) / 1_000_000));

function Storage() {
  const t = WORDS();
  const [asked, setAsked] = useState(0);
  const kept = useAnswer(async () => (await navigator.storage?.persisted?.()) ?? false, [asked]);
  const room = useAnswer(async () => (await navigator.storage?.estimate?.()) ?? {}, [asked]);
  const ask = async () => {
    await navigator.storage?.persist?.();
    setAsked(asked + 1);
  };
  return (
    <Card title={t.storage}>
      <Facts
        facts={[
          [t.storageUsed, room && t.storageOf(megabytes(room.usage), megabytes(room.quota))],
          [
            t.kept,
            <Chip key="kept" tone={kept ? "good" : "soon"} icon={kept ? "check" : "alert"}>
              {kept ? t.keptYes : t.keptNo}
            </Chip>,
          ],
        ]}
      />
      {kept === false && (
        <>
          <p class="quiet">{t.keptNoWhy}</p>
          <Button onClick={() => void ask()}>{t.keptAsk}</Button>
        </>
      )}
    </Card>
  );
}

export function Leave() {
  const t = WORDS();
  const { agent, device, drafts } = useVault();
  const waiting = (useOutbox() ?? []).filter((row) => UNSETTLED.includes(row.state)).length;
  const begun = useAnswer(() => drafts.count(), [drafts]) ?? 0;
  const [typed, setTyped] = useState("");
  const leave = async () => {
    goInstead("/");
    await destroy(device);
  };
  return (
    <Screen
      title={t.leaveTitle}
      back="/lainnya"
      foot={
        <Button
          kind="danger"
          icon="trash"
          disabled={typed.trim().toLowerCase() !== agent.name.toLowerCase()}
          onClick={() => void leave()}
        >
          {t.leaveNow}
        </Button>
      }
    >
      <p>{t.leaveWhy}</p>
      {waiting + begun > 0 && <Notice tone="bad">{t.leaveLoses(waiting, begun)}</Notice>}
      <Field label={t.leaveType(agent.name)} value={typed} onInput={setTyped} />
    </Screen>
  );
}

/** Before a vault is open: who are you, and your PIN. */
import { useEffect, useState } from "preact/hooks";
import mark from "../../../src/perisai/paper/mark.svg";
import { isGoodPin, PIN_LENGTH } from "../crypto/pin";
import { words } from "../i18n/words";
import { Button, Field, Notice, Row, Rows, Screen, Waiting } from "../parts/parts";
import { goInstead } from "../parts/route";
import { useAnswer } from "../parts/use";
import type { VaultRow } from "../store/tables";
import { destroy, unlock, vaults } from "../store/vault";
import { emptied } from "../sync/contact";
import { settleIn, signIn, type Welcome } from "../sync/enrol";
import type { Failure } from "../wire/client";
import { LeftParcels } from "./parcel";

const WORDS = words(
  {
    signIn: "Masuk",
    signInUnder: "Sekali dengan sinyal. Sesudah itu aplikasi bisa dipakai berhari-hari tanpa sinyal.",
    username: "Nama pengguna",
    password: "Kata sandi",
    asking: "Menghubungi kantor…",
    offline:
      "Kantor tidak terjangkau. Untuk masuk pertama kali perlu sinyal: cari tempat yang ada sinyalnya, lalu coba lagi.",
    refused: "Kantor tidak menerima isian ini. Periksa nama pengguna dan kata sandi, lalu coba lagi.",
    who: "Siapa yang bekerja?",
    other: "Agen lain di HP ini",
    otherUnder: "Masuk dengan sinyal; pekerjaan masing-masing tetap terpisah.",
    unlock: (name: string) => `PIN ${name}`,
    unlockUnder: "Enam angka. Tidak perlu sinyal.",
    pin: "PIN",
    open: "Buka",
    opening: "Membuka…",
    wrong: (left: number) =>
      `PIN salah. Sisa ${left} kali; setelah itu salinan data di HP dihapus. Pekerjaan yang belum terkirim tetap aman.`,
    wiped: "Salinan data di HP ini sudah dihapus",
    wipedWhy:
      "PIN salah sepuluh kali. Draf dan pekerjaan yang belum terkirim masih ada, terkunci. Masuk dengan sinyal untuk membukanya lagi.",
    forgotten: "Lupa PIN? Masuk dengan sinyal",
    choose: "Buat PIN",
    chooseUnder: "Enam angka untuk membuka aplikasi tanpa sinyal. Jangan beri tahu siapa pun.",
    newPin: "PIN baru",
    again: "Ulangi PIN",
    easy: "PIN ini mudah ditebak. Jangan angka yang sama semua atau berurutan.",
    differ: "Kedua PIN tidak sama. Ketik ulang.",
    keep: "Simpan PIN",
    keeping: "Menyimpan…",
    back: "Kembali",
    lost: "Pekerjaan lama di HP ini tidak bisa dibuka lagi",
    lostWhy:
      "Kunci dari kantor berbeda dari yang dulu. Hubungi kantor cabang sebelum memulai baru: memulai baru menghapus pekerjaan lama yang belum terkirim.",
    anew: "Hapus dan mulai baru",
    revoked: (name: string) => `HP ini dicabut untuk ${name}`,
    revokedWhy:
      "Kantor cabang mencabut HP ini, jadi semua data di dalamnya sudah dihapus. Hubungi kantor cabang Anda.",
    understood: "Mengerti",
  },
  {
    signIn: "Sign in",
    signInUnder: "Once with a signal. After that the app works for days without one.",
    username: "User name",
    password: "Password",
    asking: "Contacting the office…",
    offline:
      "The office cannot be reached. The first sign-in needs a signal: find a place that has one, then try again.",
    refused: "The office did not accept this. Check user name and password, then try again.",
    who: "Who is working?",
    other: "Another agent on this phone",
    otherUnder: "Sign in with a signal; each agent's work stays apart.",
    unlock: (name: string) => `PIN of ${name}`,
    unlockUnder: "Six digits. No signal needed.",
    pin: "PIN",
    open: "Open",
    opening: "Opening…",
    wrong: (left: number) =>
      `Wrong PIN. ${left} tries left; then the copy of the data on this phone is deleted. Unsent work stays safe.`,
    wiped: "The copy of the data on this phone was deleted",
    wipedWhy:
      "The PIN was wrong ten times. Drafts and unsent work are still here, locked. Sign in with a signal to open them again.",
    forgotten: "Forgot the PIN? Sign in with a signal",
    choose: "Choose a PIN",
    chooseUnder: "Six digits that open the app without a signal. Tell nobody.",
    newPin: "New PIN",
    again: "PIN again",
    easy: "This PIN is easy to guess. Not the same digit six times, and not a run.",
    differ: "The two PINs are not the same. Type them again.",
    keep: "Keep this PIN",
    keeping: "Keeping…",
    back: "Back",
    lost: "Old work on this phone cannot be opened any more",
    lostWhy:
      "The key from the office is not the one of old. Call the branch before you start anew: starting anew deletes the old unsent work.",
    anew: "Delete and start anew",
    revoked: (name: string) => `This phone was revoked for ${name}`,
    revokedWhy: "The branch revoked this phone, so all data on it was deleted. Call your branch.",
    understood: "Understood",
  },
);

type Step =
  | { readonly at: "who" }
  | { readonly at: "pin"; readonly row: VaultRow }
  | { readonly at: "sign_in"; readonly username: string }
  | { readonly at: "choose"; readonly welcome: Welcome };

/** Leads from a locked phone to an open vault. */
export function Gate() {
  const rows = useAnswer(vaults, [emptied.value]);
  const [step, setStep] = useState<Step>({ at: "who" });
  const t = WORDS();
  if (!rows) return null;
  const signOn = (username = "") => setStep({ at: "sign_in", username });
  const back = rows.length > 0 ? () => setStep({ at: "who" }) : undefined;
  return (
    <div class="gate">
      <img class="mark" src={mark} alt="" width="72" height="72" />
      {emptied.value && (
        <Notice tone="bad" title={t.revoked(emptied.value)}>
          {t.revokedWhy}
          <Button
            onClick={() => {
              emptied.value = null;
            }}
          >
            {t.understood}
          </Button>
        </Notice>
      )}
      <LeftParcels />
      {step.at === "choose" ? (
        <ChoosePin
          welcome={step.welcome}
          onAnew={() => signOn(step.welcome.is === "back" ? step.welcome.row.username : "")}
        />
      ) : step.at === "sign_in" || rows.length === 0 ? (
        <SignIn
          username={step.at === "sign_in" ? step.username : ""}
          onBack={back}
          onWelcome={(welcome) => setStep({ at: "choose", welcome })}
        />
      ) : step.at === "pin" || rows.length === 1 ? (
        <Unlock
          row={step.at === "pin" ? step.row : (rows[0] as VaultRow)}
          onForgotten={signOn}
          onOther={() => signOn()}
        />
      ) : (
        <Who rows={rows} onChoose={(row) => setStep({ at: "pin", row })} onOther={() => signOn()} />
      )}
    </div>
  );
}

interface WhoProps {
  readonly rows: readonly VaultRow[];
  readonly onChoose: (row: VaultRow) => void;
  readonly onOther: () => void;
}

function Who({ rows, onChoose, onOther }: WhoProps) {
  const t = WORDS();
  return (
    <Screen title={t.who}>
      <Rows>
        {rows.map((row) => (
          <Row key={row.device} icon="user" title={row.agent.name} onClick={() => onChoose(row)}>
            {row.agent.number}
          </Row>
        ))}
        <Row icon="add-user" title={t.other} onClick={onOther}>
          {t.otherUnder}
        </Row>
      </Rows>
    </Screen>
  );
}

/** Whose vault was open last in this page. */
let lastOpen: string | null = null;

interface UnlockProps {
  readonly row: VaultRow;
  readonly onForgotten: (username: string) => void;
  readonly onOther: () => void;
}

function Unlock({ row, onForgotten, onOther }: UnlockProps) {
  const t = WORDS();
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [wiped, setWiped] = useState(row.by_pin === null);
  const [left, setLeft] = useState<number | null>(null);
  const tryPin = async (typed: string) => {
    setBusy(true);
    // The screen that was left belongs to whoever left it.
    if (lastOpen !== null && lastOpen !== row.device) goInstead("/");
    const outcome = await unlock(row.device, typed);
    setBusy(false);
    setPin("");
    if (outcome.is === "open") lastOpen = row.device;
    if (outcome.is === "wrong") setLeft(outcome.left);
    if (outcome.is === "wiped") setWiped(true);
  };
  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, "").slice(0, PIN_LENGTH);
    setPin(digits);
    if (digits.length === PIN_LENGTH) void tryPin(digits);
  };
  return (
    <Screen
      title={t.unlock(row.agent.name)}
      under={t.unlockUnder}
      foot={
        <>
          <Button icon="key" kind={wiped ? "primary" : "plain"} onClick={() => onForgotten(row.username)}>
            {wiped ? t.signIn : t.forgotten}
          </Button>
          <Button icon="add-user" onClick={onOther}>
            {t.other}
          </Button>
        </>
      }
    >
      {wiped ? (
        <Notice tone="bad" title={t.wiped}>
          {t.wipedWhy}
        </Notice>
      ) : (
        <Field
          label={t.pin}
          type="password"
          mode="numeric"
          value={pin}
          onInput={type}
          disabled={busy}
          hint={busy ? t.opening : undefined}
          wrong={left === null || busy ? undefined : t.wrong(left)}
        />
      )}
    </Screen>
  );
}

interface SignInProps {
  readonly username: string;
  readonly onBack: (() => void) | undefined;
  readonly onWelcome: (welcome: Welcome) => void;
}

function SignIn({ username: known, onBack, onWelcome }: SignInProps) {
  const t = WORDS();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const answer = await signIn(username, password);
    setBusy(false);
    if (answer.ok) onWelcome(answer.body);
    else setFailure(answer);
  };
  const said = failure && (failure.is === "refused" ? (failure.refusal.message ?? t.refused) : t.offline);
  return (
    <Screen title={t.signIn} under={t.signInUnder}>
      <form class="screen-body" onSubmit={submit}>
        {said && <Notice tone="bad">{said}</Notice>}
        <Field label={t.username} value={username} onInput={setUsername} autocomplete="username" />
        <Field
          label={t.password}
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
        />
        <Button kind="primary" type="submit" disabled={busy || !username || !password}>
          {busy ? t.asking : t.signIn}
        </Button>
        {onBack && <Button onClick={onBack}>{t.back}</Button>}
      </form>
    </Screen>
  );
}

function ChoosePin({ welcome, onAnew }: { readonly welcome: Welcome; readonly onAnew: () => void }) {
  const t = WORDS();
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState(false);
  const choose = async (pin: string) => {
    setBusy(true);
    goInstead("/");
    const open = await settleIn(welcome, pin);
    setBusy(false);
    setLost(!open);
  };
  const anew = async () => {
    if (welcome.is === "back") await destroy(welcome.row.device);
    onAnew();
  };
  if (lost) {
    return (
      <Screen
        title={t.lost}
        foot={
          <Button kind="danger" icon="trash" onClick={() => void anew()}>
            {t.anew}
          </Button>
        }
      >
        <p>{t.lostWhy}</p>
      </Screen>
    );
  }
  return (
    <Screen title={t.choose} under={t.chooseUnder}>
      {busy ? <Waiting>{t.keeping}</Waiting> : <NewPin onChosen={(pin) => void choose(pin)} />}
    </Screen>
  );
}

/** Twice the same six digits that are not easily guessed. */
export function NewPin({ onChosen }: { readonly onChosen: (pin: string) => void }) {
  const t = WORDS();
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  useEffect(() => setTried(false), [pin, again]);
  const easy = pin.length === PIN_LENGTH && !isGoodPin(pin);
  const digits = (typed: string) => typed.replace(/\D/g, "").slice(0, PIN_LENGTH);
  const submit = (event: Event) => {
    event.preventDefault();
    if (pin === again && isGoodPin(pin)) onChosen(pin);
    else setTried(true);
  };
  return (
    <form class="screen-body" onSubmit={submit}>
      <Field
        label={t.newPin}
        type="password"
        mode="numeric"
        value={pin}
        autocomplete="new-password"
        onInput={(typed) => setPin(digits(typed))}
        wrong={easy ? t.easy : undefined}
      />
      <Field
        label={t.again}
        type="password"
        mode="numeric"
        value={again}
        autocomplete="new-password"
        onInput={(typed) => setAgain(digits(typed))}
        wrong={tried && pin !== again ? t.differ : undefined}
      />
      <Button kind="primary" type="submit" disabled={pin.length < PIN_LENGTH || again.length < PIN_LENGTH}>
        {t.keep}
      </Button>
    </form>
  );
}

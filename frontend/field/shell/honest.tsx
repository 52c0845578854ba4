/** The line on top that says how things are: kept here, so many waiting, the last contact. */
import { ago } from "../i18n/formats";
import { words } from "../i18n/words";
import { Icon } from "../parts/parts";
import { useOutbox } from "../parts/use";
import { UNSETTLED } from "../store/commands";
import { contact, SKEW_TOLD } from "../sync/contact";

const WORDS = words(
  {
    kept: "Tersimpan di HP",
    waiting: (n: number) => (n === 0 ? "semua terkirim" : `${n} menunggu kirim`),
    last: (when: string) => `terakhir tersambung ${when}`,
    never: "belum pernah tersambung",
    sending: (n: number) => `Mengirim ${n} …`,
    pictures: "Mengirim foto …",
    fetching: "Mengambil data …",
    signIn: "Kantor meminta Anda masuk lagi: kunci aplikasi, lalu pilih “Lupa PIN? Masuk dengan sinyal”",
    clock: "Jam HP salah",
  },
  {
    kept: "Kept on the phone",
    waiting: (n: number) => (n === 0 ? "all sent" : `${n} waiting to be sent`),
    last: (when: string) => `last contact ${when}`,
    never: "no contact yet",
    sending: (n: number) => `Sending ${n} …`,
    pictures: "Sending photos …",
    fetching: "Fetching data …",
    signIn:
      "The office asks you to sign in again: lock the app, then choose “Forgot the PIN? Sign in with a signal”",
    clock: "The phone's clock is wrong",
  },
);

/** Days without contact after which unsent work is called out. */
const LATE = 3 * 86_400_000;

export function HonestLine() {
  const t = WORDS();
  const rows = useOutbox();
  const waiting = rows?.filter((row) => UNSETTLED.includes(row.state)).length ?? 0;
  const { busy, last_at, failure, skew_ms } = contact.value;
  const clock = Math.abs(skew_ms) > SKEW_TOLD;
  const late =
    failure === "signed_out" ||
    clock ||
    (waiting > 0 && last_at !== null && Date.now() - last_at.getTime() > LATE);
  const still = [
    t.kept,
    // Until the outbox has been looked at, nothing is claimed of it.
    ...(rows ? [t.waiting(waiting)] : []),
    last_at ? t.last(ago(last_at)) : t.never,
    ...(clock ? [t.clock] : []),
  ];
  const busyWords = { sending: t.sending(waiting), pictures: t.pictures, fetching: t.fetching };
  const moving = busy && !(busy === "sending" && waiting === 0) ? busyWords[busy] : null;
  return (
    <a class={late ? "honest honest-late" : "honest"} href={clock ? "#/lainnya" : "#/kotak-keluar"}>
      <Icon name={late ? "alert" : moving ? "send" : "device"} />
      <span role="status">{failure === "signed_out" ? t.signIn : (moving ?? still.join(" · "))}</span>
    </a>
  );
}

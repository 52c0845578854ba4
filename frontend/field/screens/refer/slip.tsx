/** The slip that the worker takes home: on the screen, as a picture to share, and it says that it is not a card. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { day, rupiah } from "../../i18n/formats";
import { language, words } from "../../i18n/words";
import { Button, ButtonLink, EmptyState, Notice, Screen, Waiting } from "../../parts/parts";
import { useAnswer, useRow, useVault } from "../../parts/use";
import { giveFile } from "../../picture/share";
import { NOT_A_CARD, type SlipFacts, type SlipWords, slipPicture } from "../../slip/paper";
import { checkAddress, slipToken } from "../../slip/token";
import type { Vault } from "../../store/vault";
import type { RegistrationRow } from "../../wire/shapes";
import { fromCommand, priceOf } from "./draft";

const WORDS = words(
  {
    title: "Slip rujukan",
    share: "Bagikan gambar slip",
    done: "Selesai",
    saved: "Gambar slip tersimpan di HP ini.",
    under: (name: string) => `Untuk ${name}`,
    alt: (name: string, amount: string) =>
      `Slip rujukan ${name}: bukan kartu peserta. Iuran pertama ${amount}.`,
    making: "Slip sedang dibuat …",
    none: "Slip tidak ada di HP ini",
    noneWhy:
      "Rujukannya dibuat di HP lain, dan belum sampai ke sini. Sambungkan ke internet, lalu buka lagi.",
    noPicture: "Gambar slip tidak jadi",
    noPictureWhy:
      "HP ini kehabisan ruang untuk menggambar. Tutup aplikasi lain, lalu buka slip lagi. Rujukannya aman.",
    kept: "Tersimpan; terkirim sendiri begitu ada sinyal.",
    // the paper
    paperUnder: "Jaminan Sosial Ketenagakerjaan",
    made: "dibuat",
    referredBy: "Dirujuk oleh",
    branch: "Kantor cabang",
    notProtected: "Belum terlindungi sampai kantor cabang menerbitkan nomor peserta.",
    toCome: "Yang masih harus terjadi",
    office: "Kantor cabang memeriksa data, paling lama 12 jam kerja.",
    pay: "Bayar sendiri dengan kode bayar dari SMS; jangan titip uang.",
    payWith: (until: string) => `Bayar sendiri dengan kode di bawah sebelum ${until}; jangan titip uang.`,
    card: "Sesudah dibayar: nomor peserta, lalu kartu.",
    ended: "Rujukan ini ditolak; tidak ada langkah lagi.",
    completed: "Semua langkah selesai; kartu diterbitkan kantor cabang.",
    first: "Iuran pertama",
    code: "Kode bayar",
    notYet: "Jangan bayar dulu. Kode bayar dikirim sesudah kantor menyetujui.",
    scan: "Pindai untuk melihat keadaannya",
  },
  {
    title: "Referral slip",
    share: "Share the picture of the slip",
    done: "Done",
    saved: "The picture of the slip is saved on this phone.",
    under: (name: string) => `For ${name}`,
    alt: (name: string, amount: string) =>
      `Referral slip of ${name}: not a member card. First contribution ${amount}.`,
    making: "The slip is being made …",
    none: "The slip is not on this phone",
    noneWhy:
      "The referral was made on another phone and is not here yet. Connect to the internet, then open it again.",
    noPicture: "The picture could not be made",
    noPictureWhy:
      "This phone has no room to draw it. Close other apps, then open the slip again. The referral is safe.",
    kept: "Kept; it goes by itself once there is a signal.",
    paperUnder: "Employment social security",
    made: "made",
    referredBy: "Referred by",
    branch: "Branch office",
    notProtected: "Not a member card. No protection before the office issues a member number.",
    toCome: "What is still to come",
    office: "The branch checks the data, within 12 working hours.",
    pay: "Pay yourself with the payment code from the SMS; give nobody cash.",
    payWith: (until: string) => `Pay yourself with the code below before ${until}; give nobody cash.`,
    card: "Once paid: the member number, then the card.",
    ended: "This referral was rejected; nothing more is to come.",
    completed: "All is done; the branch issues the card.",
    first: "First contribution",
    code: "Payment code",
    notYet: "Do not pay yet. The payment code is sent once the office has approved.",
    scan: "Scan to see its state",
  },
);

/** What a slip needs to know, from the office's copy or, before that came, from the command on this phone. */
interface Slip {
  readonly name: string;
  readonly village: string;
  readonly madeOn: string;
  readonly amount_idr: number | null;
  readonly row: RegistrationRow | undefined;
}

export function SlipScreen({ registration }: { readonly registration: string }): JSX.Element {
  const vault = useVault();
  const row = useRow("registration", registration);
  const said = WORDS();
  const spoken = language.value;
  const slip = useAnswer(async () => (await find(vault, registration)) ?? null, [vault, registration, row]);
  const picture = useAnswer(async () => {
    if (!slip) return null;
    try {
      return await slipPicture(await factsOf(vault, registration, slip), paperWords());
    } catch {
      return "failed" as const;
    }
  }, [slip, spoken]);
  const [saved, setSaved] = useState(false);
  if (slip === null) {
    return (
      <Screen title={said.title} back="/daftarkan">
        <EmptyState icon="info" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      </Screen>
    );
  }
  const share = async (made: Blob) =>
    setSaved((await giveFile(made, `slip-${registration}.png`, said.title)) === "saved");
  return (
    <Screen
      title={said.title}
      under={slip && said.under(slip.name)}
      back="/daftarkan"
      foot={
        <>
          {picture instanceof Blob && (
            <Button kind="primary" icon="send" onClick={() => void share(picture)}>
              {said.share}
            </Button>
          )}
          <ButtonLink to="/daftarkan">{said.done}</ButtonLink>
        </>
      }
    >
      <p class="not-a-card">{NOT_A_CARD}</p>
      {picture === "failed" && (
        <Notice tone="bad" title={said.noPicture}>
          <p>{said.noPictureWhy}</p>
        </Notice>
      )}
      {picture instanceof Blob && slip ? (
        <Shown
          picture={picture}
          alt={said.alt(slip.name, slip.amount_idr === null ? "—" : rupiah(slip.amount_idr))}
        />
      ) : (
        picture !== "failed" && <Waiting>{said.making}</Waiting>
      )}
      {saved && <Notice tone="good">{said.saved}</Notice>}
      {slip && !slip.row && <Notice tone="info">{said.kept}</Notice>}
    </Screen>
  );
}

function Shown({ picture, alt }: { readonly picture: Blob; readonly alt: string }): JSX.Element {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return <img class="slip" src={address} alt={alt} />;
}

/** The newest command about the registration knows the price as it was shown; the office's row knows what came of it. */
async function find({ copy, commands }: Vault, id: string): Promise<Slip | undefined> {
  const row = await copy.one("registration", id);
  const sent = (await commands.about(id)).at(-1)?.command;
  const village = await villageOf(
    copy,
    row?.village_code ?? (sent?.body as { village_code?: string })?.village_code,
  );
  if (sent) {
    const draft = fromCommand(sent, village, false);
    const amount_idr = row?.amount_idr ?? priceOf(draft, sent.occurred_on)?.total ?? null;
    return { name: draft.name, village, madeOn: sent.occurred_on, amount_idr, row };
  }
  return row && { name: row.name, village, madeOn: row.occurred_on, amount_idr: row.amount_idr, row };
}

async function villageOf(copy: Vault["copy"], code: string | undefined): Promise<string> {
  const villages = await copy.all("village");
  return villages.find((village) => village.code === code)?.path ?? code ?? "";
}

async function factsOf(vault: Vault, id: string, slip: Slip): Promise<SlipFacts> {
  const { agent } = vault;
  const token = slip.row?.slip_token || (await slipToken(vault, id, slip.madeOn));
  return {
    name: slip.name,
    village: slip.village,
    agent: agent.name,
    branch: agent.branch_name,
    madeOn: day(slip.madeOn),
    steps: stepsOf(slip.row),
    amount: slip.amount_idr === null ? "—" : rupiah(slip.amount_idr),
    code: slip.row?.state === "approved" ? slip.row.code : null,
    qr: checkAddress(token),
  };
}

function stepsOf(row: RegistrationRow | undefined): string[] {
  const said = WORDS();
  if (row?.state === "rejected") return [said.ended];
  if (row?.state === "completed") return [said.completed];
  if (row?.state === "approved" && row.code && row.code_expires_at) {
    return [said.payWith(day(row.code_expires_at.slice(0, 10))), said.card];
  }
  return [said.office, said.pay, said.card];
}

function paperWords(): SlipWords {
  const { title, paperUnder: under, ...rest } = WORDS();
  return { ...rest, title, under };
}

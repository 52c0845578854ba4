/** The outbox as a file: made by the agent after a week without signal, or left behind by a revoked vault. */
import { useState } from "preact/hooks";
import { day } from "../i18n/formats";
import { words } from "../i18n/words";
import type { Bytes } from "../kernel/bytes";
import { dayOf } from "../kernel/days";
import { Button, Notice } from "../parts/parts";
import { useAnswer } from "../parts/use";
import { type LeftParcel, phone } from "../store/tables";

const WORDS = words(
  {
    left: (name: string, n: number) => `${n} pekerjaan ${name} belum sampai ke kantor`,
    leftWhy: (on: string) =>
      `Disegel pada ${on} waktu HP dicabut; hanya kantor yang bisa membukanya. Bawa berkas ini ke kantor cabang.`,
    save: "Simpan berkas",
    done: "Sudah diserahkan, hapus",
    sure: "Ketuk sekali lagi untuk menghapus",
  },
  {
    left: (name: string, n: number) => `${n} pieces of work of ${name} have not reached the office`,
    leftWhy: (on: string) =>
      `Sealed on ${on} when the phone was revoked; only the office can open it. Take this file to the branch.`,
    save: "Save the file",
    done: "Handed in, delete",
    sure: "Tap once more to delete",
  },
);

/** Shares the file where the phone can, else downloads it. */
export async function handOver(bytes: Bytes, made_at: Date): Promise<void> {
  const file = new File([bytes], `perisai-${dayOf(made_at)}.parcel`, { type: "application/octet-stream" });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return;
    } catch (error) {
      // Shut by the agent: nothing happened. Anything else: the file can still be saved.
      if ((error as Error).name === "AbortError") return;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function LeftParcels() {
  const [gone, setGone] = useState(0);
  const parcels = useAnswer(() => phone.parcels.toArray(), [gone]);
  return (
    <>
      {(parcels ?? []).map((parcel) => (
        <Left key={parcel.device} parcel={parcel} onGone={() => setGone(gone + 1)} />
      ))}
    </>
  );
}

function Left({ parcel, onGone }: { readonly parcel: LeftParcel; readonly onGone: () => void }) {
  const t = WORDS();
  const [asked, setAsked] = useState(false);
  const drop = async () => {
    if (!asked) return setAsked(true);
    await phone.parcels.delete(parcel.device);
    onGone();
  };
  return (
    <Notice tone="soon" title={t.left(parcel.agent_name, parcel.commands)}>
      {t.leftWhy(day(dayOf(parcel.left_at)))}
      <Button icon="download" onClick={() => void handOver(parcel.bytes, parcel.left_at)}>
        {t.save}
      </Button>
      <Button icon="trash" onClick={() => void drop()}>
        {asked ? t.sure : t.done}
      </Button>
    </Notice>
  );
}

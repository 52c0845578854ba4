/** The photo of a card: taken, made small on the phone, kept sealed. A refused camera is said, and is no dead end. */
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { words } from "../i18n/words";
import { Button, Icon, Notice, Waiting } from "../parts/parts";
import { useAnswer, useVault } from "../parts/use";
import { NotAPicture, shrunk } from "../picture/shrink";

const WORDS = words(
  {
    take: "Ambil foto KTP",
    again: "Foto ulang",
    drop: "Hapus foto",
    pick: "Pilih dari galeri",
    shown: "Foto KTP yang tersimpan",
    working: "Foto sedang dikecilkan …",
    size: (kilobytes: number) => `Tersimpan di HP ini, ${kilobytes} KB, terkunci.`,
    refused: "Kamera tidak diizinkan",
    refusedWhy:
      "HP ini menolak kamera untuk Perisai. Buka Setelan, pilih Aplikasi, lalu izinkan Kamera; atau pilih foto dari galeri. " +
      "Rujukan boleh dikirim tanpa foto; kantor cabang akan lebih lama memeriksa.",
    unreadable: "Foto tidak dapat dipakai",
    unreadableWhy: "Berkasnya tidak terbaca sebagai foto atau terlalu besar. Foto ulang KTP-nya.",
    full: "HP penuh",
    fullWhy:
      "Tidak ada ruang untuk foto ini. Hapus berkas lain di HP, lalu foto ulang. Isian lain tetap tersimpan.",
  },
  {
    take: "Take a photo of the KTP",
    again: "Take it again",
    drop: "Delete the photo",
    pick: "Pick from the gallery",
    shown: "The kept photo of the KTP",
    working: "The photo is being made smaller …",
    size: (kilobytes: number) => `Kept on this phone, ${kilobytes} KB, sealed.`,
    refused: "The camera is not allowed",
    refusedWhy:
      "This phone refuses the camera to Perisai. Open Settings, choose Apps, and allow the camera; or pick a photo from the " +
      "gallery. The referral may go without a photo; the branch will then take longer to check it.",
    unreadable: "The photo cannot be used",
    unreadableWhy: "The file is not readable as a photo, or is too large. Take the photo again.",
    full: "The phone is full",
    fullWhy:
      "There is no room for this photo. Delete other files on the phone, then take it again. Everything else is kept.",
  },
);

type Trouble = "refused" | "unreadable" | "full";

interface PhotoProps {
  /** The name of the kept picture. */
  readonly sha: string | null;
  readonly onKept: (sha: string | null) => void;
}

export function Photo({ sha, onKept }: PhotoProps): JSX.Element {
  const { blobs } = useVault();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const refused = useAnswer(cameraRefused, []);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setTrouble(null);
    try {
      onKept(await blobs.put(await shrunk(file)));
    } catch (error) {
      setTrouble(error instanceof NotAPicture ? "unreadable" : "full");
    }
    setBusy(false);
  };
  const said = WORDS();
  const shown = trouble ?? (refused ? "refused" : null);
  return (
    <div class="photo">
      {sha && <KeptPhoto sha={sha} />}
      {busy && <Waiting>{said.working}</Waiting>}
      {shown && (
        <Notice tone="soon" title={said[shown]}>
          <p>{said[`${shown}Why`]}</p>
        </Notice>
      )}
      <Picker label={sha ? said.again : said.take} camera onPick={take} />
      <Picker label={said.pick} onPick={take} />
      {sha && (
        <Button icon="trash" onClick={() => onKept(null)}>
          {said.drop}
        </Button>
      )}
    </div>
  );
}

function KeptPhoto({ sha }: { readonly sha: string }): JSX.Element | null {
  const { blobs } = useVault();
  const picture = useAnswer(() => blobs.find(sha), [blobs, sha]);
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!picture) return;
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  if (!picture || !address) return null;
  return (
    <figure>
      <img src={address} alt={WORDS().shown} />
      <figcaption class="quiet">{WORDS().size(Math.ceil(picture.size / 1024))}</figcaption>
    </figure>
  );
}

interface PickerProps {
  readonly label: string;
  readonly camera?: boolean;
  readonly onPick: (file: File | undefined) => void;
}

function Picker({ label, camera, onPick }: PickerProps): JSX.Element {
  const id = useId();
  return (
    <div class="picker">
      <input
        class="unseen"
        id={id}
        type="file"
        accept="image/*"
        {...(camera && { capture: "environment" as const })}
        onChange={(event) => {
          onPick(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <label class={`button ${camera ? "button-primary" : "button-plain"}`} for={id}>
        <Icon name={camera ? "camera" : "picture"} />
        <span>{label}</span>
      </label>
    </div>
  );
}

/** Whether the person has forbidden the camera; a browser that cannot tell is asked by taking the photo. */
async function cameraRefused(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "camera" as PermissionName })).state === "denied";
  } catch {
    return false;
  }
}

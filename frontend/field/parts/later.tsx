/** A screen that is loaded when it is first opened: what an agent does not open costs nothing at the start. */
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { words } from "../i18n/words";
import { Button, EmptyState, Screen } from "./parts";
import { useAnswer } from "./use";

const WORDS = words(
  {
    absent: "Bagian ini belum tersimpan di HP",
    why: "Aplikasi belum selesai diambil waktu sinyal hilang. Isian dan kotak keluar Anda aman. Cari sinyal sebentar, lalu coba lagi.",
    again: "Coba lagi",
  },
  {
    absent: "This part is not on the phone yet",
    why: "The app had not been fetched whole when the signal was lost. Drafts and outbox are safe. Find a signal for a moment, then try again.",
    again: "Try again",
  },
);

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Later(given: P) {
    const [tries, setTries] = useState(0);
    const loaded = useAnswer(async () => {
      try {
        return { Loaded: await load() };
      } catch {
        return { Loaded: null };
      }
    }, [tries]);
    if (!loaded) return null;
    const { Loaded } = loaded;
    return Loaded ? <Loaded {...given} /> : <Absent onAgain={() => setTries(tries + 1)} />;
  };
}

function Absent({ onAgain }: { readonly onAgain: () => void }) {
  const t = WORDS();
  return (
    <Screen title={t.absent} foot={<Button onClick={onAgain}>{t.again}</Button>}>
      <EmptyState icon="download" title={t.absent}>
        {t.why}
      </EmptyState>
    </Screen>
  );
}

/** When the phone itself stands in the way: what happened, why, what to do. */
import { day } from "../i18n/formats";
import { words } from "../i18n/words";
import { dayOf } from "../kernel/days";
import type { Trouble } from "../kernel/trouble";
import { Button, Screen } from "../parts/parts";

const WORDS = words(
  {
    no_store: "HP ini tidak mengizinkan penyimpanan",
    no_storeWhy:
      "Aplikasi ini menyimpan pekerjaan Anda di HP supaya bisa dipakai tanpa sinyal, tetapi peramban menolaknya. Biasanya karena jendela pribadi (samaran).",
    no_storeDo: "Buka alamat ini di jendela biasa Chrome atau Firefox, lalu coba lagi.",
    insecure: "Sambungan ini tidak aman",
    insecureWhy:
      "Data pekerja hanya boleh disimpan tersandi, dan peramban hanya bisa menyandi kalau alamatnya diawali https://.",
    insecureDo:
      "Ketik ulang alamat dengan https:// di depannya, atau tanyakan alamat yang benar ke kantor cabang.",
    full: "Penyimpanan HP penuh",
    fullWhy: "Ketikan terakhir belum tersimpan. Yang tersimpan sebelumnya aman.",
    fullDo: "Jangan tutup aplikasi. Hapus foto atau video yang tidak perlu dari HP, lalu ketuk tombol ini.",
    clock: "Jam HP salah",
    clockWhy: (on: string) => `HP ini mengira hari ini ${on}. Tanggal rujukan dan iuran akan salah.`,
    clockDo: "Buka pengaturan HP, pilih tanggal dan waktu otomatis, lalu ketuk tombol ini.",
    again: "Periksa lagi",
  },
  {
    no_store: "This phone allows no storage",
    no_storeWhy:
      "This app keeps your work on the phone so that it can be used without a signal, but the browser refuses. Usually because of a private window.",
    no_storeDo: "Open this address in an ordinary window of Chrome or Firefox, then try again.",
    insecure: "This connection is not safe",
    insecureWhy:
      "Workers' data may only be kept encrypted, and a browser can encrypt only when the address begins with https://.",
    insecureDo: "Type the address again with https:// before it, or ask your branch for the right address.",
    full: "The phone's storage is full",
    fullWhy: "What you typed last is not kept yet. What was kept before is safe.",
    fullDo: "Do not close the app. Delete photos or videos that you do not need, then tap this button.",
    clock: "The phone's clock is wrong",
    clockWhy: (on: string) =>
      `This phone thinks that today is ${on}. The dates of referrals and contributions would be wrong.`,
    clockDo: "Open the phone's settings, choose automatic date and time, then tap this button.",
    again: "Check again",
  },
);

export function TroubleScreen({ is, onAgain }: { readonly is: Trouble; readonly onAgain: () => void }) {
  const t = WORDS();
  const why = is === "clock" ? t.clockWhy(day(dayOf(new Date()))) : t[`${is}Why`];
  return (
    <Screen
      title={t[is]}
      foot={
        <Button kind="primary" icon="refresh" onClick={onAgain}>
          {t.again}
        </Button>
      }
    >
      <p>{why}</p>
      <p>
        <strong>{t[`${is}Do`]}</strong>
      </p>
    </Screen>
  );
}

/** A village chosen by its name, offline, in the territory of the branch; the spelling need not be exact. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { atlasOf, placesLike } from "../find/villages";
import { words } from "../i18n/words";
import { Field, Notice, Row, Rows } from "../parts/parts";
import { useRows } from "../parts/use";

const WORDS = words(
  {
    label: "Cari nagari, desa, atau kelurahan",
    hint: "Ketik namanya; ejaan boleh kurang tepat. Tambah nama kecamatan bila namanya sama.",
    none: "Tidak ada yang mirip di wilayah kantor cabang Anda. Periksa ejaannya, atau tanya kantor cabang.",
    empty: "Daftar nagari belum ada di HP ini. Sambungkan sekali ke internet, lalu cari lagi.",
    chosen: "Dipilih",
  },
  {
    label: "Search for the nagari, desa or kelurahan",
    hint: "Type its name; the spelling need not be exact. Add the district where names are the same.",
    none: "Nothing alike in the territory of your branch. Check the spelling, or ask the branch.",
    empty: "The list of villages is not on this phone yet. Connect to the internet once, then search again.",
    chosen: "Chosen",
  },
);

interface PickerProps {
  readonly code: string;
  readonly path: string;
  readonly onPick: (code: string, path: string) => void;
  readonly wrong?: string | undefined;
}

export function VillagePicker({ code, path, onPick, wrong }: PickerProps): JSX.Element {
  const said = WORDS();
  const villages = useRows("village");
  const [typed, setTyped] = useState("");
  const atlas = useMemo(() => atlasOf(villages ?? []), [villages]);
  const found = useMemo(() => placesLike(atlas, typed), [atlas, typed]);
  const pick = (chosen: string, where: string) => {
    onPick(chosen, where);
    setTyped("");
  };
  return (
    <>
      {code && (
        <Notice tone="good" title={said.chosen}>
          {path}
        </Notice>
      )}
      <Field
        label={said.label}
        value={typed}
        onInput={setTyped}
        type="search"
        hint={villages?.length === 0 ? said.empty : said.hint}
        wrong={wrong}
      />
      <div aria-live="polite">
        {typed.trim().length > 1 && found.length === 0 && <p>{said.none}</p>}
        <Rows>
          {found.map((village) => (
            <Row key={village.code} title={village.name} onClick={() => pick(village.code, village.path)}>
              {village.path}
            </Row>
          ))}
        </Rows>
      </div>
    </>
  );
}

/** Whom a line of pay is about, by the name that stands in the copy; the office's own words where there is none. */
import { month } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { useRows } from "../../parts/use";
import type { LineRow } from "../../wire/shapes";

const WORDS = words(
  {
    joined: (name: string) => `Peserta baru: ${name}`,
    paid: (name: string, of: string) => `Iuran ${of}: ${name}`,
    flat: "Insentif akuisisi bulanan",
    gone: "peserta yang sudah dialihkan",
  },
  {
    joined: (name: string) => `New member: ${name}`,
    paid: (name: string, of: string) => `Contribution of ${of}: ${name}`,
    flat: "Monthly acquisition incentive",
    gone: "a member who is with somebody else now",
  },
);

export function useSubject(): (line: LineRow) => string {
  const members = useRows("member");
  return ({ member_id, month: of, line_kind }) => {
    const said = WORDS();
    if (!member_id) return said.flat;
    const name = members?.find(({ id }) => id === member_id)?.name ?? said.gone;
    return line_kind === "contribution" && of ? said.paid(name, month(of)) : said.joined(name);
  };
}

// Written by `make generate` from the server's rules; do not edit.

export type Confidence = "high" | "medium" | "low";
export type Rate = readonly [numerator: number, denominator: number];
/** One value of one parameter: the day it began, the value (null: unknown), where it stands, how sure we are of that. */
export type Dated<T> = readonly [since: string, value: T | null, reference: string, confidence: Confidence];
export type Table<T> = Readonly<Record<string, readonly Dated<T>[]>>;
/** From `threshold` (inclusive) up to the next bracket's, `amount` holds. */
export type Bracket<T> = readonly [threshold: readonly Dated<number>[], amount: readonly Dated<T>[]];

export const RULEBOOK_HASH = "d5ba453f8c9b5c4c";

export const WHOLE = {
  "benefits.bpu_waiting_months": [["2021-04-01", 3, "Permenaker 5/2021", "medium"]],
  "benefits.bpu_waiting_sum": [["2021-04-01", 10000000, "Permenaker 5/2021", "high"]],
  "benefits.claim_years": [["2015-07-01", 2, "PP 44/2015", "high"], ["2019-12-02", 5, "PP 82/2019", "high"]],
  "benefits.funeral": [["2015-07-01", 3000000, "PP 44/2015", "high"], ["2019-12-02", 10000000, "PP 82/2019", "high"]],
  "benefits.jht_age": [["2015-07-01", 56, "PP 46/2015", "high"]],
  "benefits.jht_part_years": [["2015-07-01", 10, "PP 46/2015", "high"]],
  "benefits.jht_waiting_months": [["2015-09-01", 1, "PP 60/2015", "medium"], ["2022-05-04", 1, "Permenaker 4/2022", "medium"]],
  "benefits.jkk_death_months": [["2015-07-01", 80, "PP 44/2015", "high"]],
  "benefits.jkm_lump": [["2015-07-01", 16200000, "PP 44/2015", "high"], ["2019-12-02", 20000000, "PP 82/2019", "high"]],
  "benefits.jkm_periodic_month": [["2015-07-01", 200000, "PP 44/2015", "high"], ["2019-12-02", 500000, "PP 82/2019", "high"]],
  "benefits.jkm_periodic_months": [["2015-07-01", 24, "PP 44/2015", "high"]],
  "benefits.jkm_working_days": [["2015-07-01", 3, "praktik menurut Kompas", "medium"]],
  "benefits.jp_age": [["2015-07-01", 56, "PP 45/2015", "high"], ["2019-01-01", 57, "PP 45/2015", "high"], ["2022-01-01", 58, "PP 45/2015", "high"], ["2025-01-01", 59, "PP 45/2015", "high"], ["2028-01-01", 60, "PP 45/2015", "high"], ["2031-01-01", 61, "PP 45/2015", "high"], ["2034-01-01", 62, "PP 45/2015", "high"], ["2037-01-01", 63, "PP 45/2015", "high"], ["2040-01-01", 64, "PP 45/2015", "high"], ["2043-01-01", 65, "PP 45/2015", "high"]],
  "benefits.jp_years": [["2015-07-01", 15, "PP 45/2015", "high"]],
  "benefits.scholarship.children": [["2015-07-01", 1, "PP 44/2015", "medium"], ["2019-12-02", 2, "PP 82/2019", "high"]],
  "benefits.scholarship.higher_year": [["2019-12-02", 12000000, "PP 82/2019", "high"]],
  "benefits.scholarship.higher_years": [["2019-12-02", 5, "PP 82/2019", "high"]],
  "benefits.scholarship.junior_secondary_year": [["2019-12-02", 2000000, "PP 82/2019", "high"]],
  "benefits.scholarship.junior_secondary_years": [["2019-12-02", 3, "PP 82/2019", "high"]],
  "benefits.scholarship.kindergarten_primary_year": [["2019-12-02", 1500000, "PP 82/2019", "high"]],
  "benefits.scholarship.kindergarten_primary_years": [["2019-12-02", 8, "PP 82/2019", "high"]],
  "benefits.scholarship.once": [["2015-07-01", 12000000, "PP 44/2015", "high"], ["2019-12-02", null, "PP 82/2019 per tahun", "high"]],
  "benefits.scholarship.paid_years": [["2015-07-01", 5, "PP 44/2015", "medium"], ["2019-12-02", 3, "PP 82/2019", "high"]],
  "benefits.scholarship.senior_secondary_year": [["2019-12-02", 3000000, "PP 82/2019", "high"]],
  "benefits.scholarship.senior_secondary_years": [["2019-12-02", 3, "PP 82/2019", "high"]],
  "benefits.scholarship.until_age": [["2019-12-02", 23, "PP 82/2019", "medium"]],
  "bpu.jkm": [["2015-07-01", 6800, "PP 44/2015", "high"]],
  "incentive.regime_2017.acquisition": [["2017-01-01", 500000, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"]],
  "incentive.regime_2017.firm_month_at_most": [["2017-01-01", 7000000, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"]],
  "incentive.regime_2017.threshold": [["2017-01-01", 50, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"]],
  "incentive.regime_2022.acquisition_with_jht": [["2022-05-01", 15000, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.regime_2022.acquisition_without_jht": [["2022-05-01", 10000, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.regime_2022.payout_day": [["2022-05-01", 5, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.regime_2022.threshold": [["2022-05-01", 25, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.work.idle_months": [["2017-01-01", 3, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"], ["2022-05-01", 3, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.work.idle_months_wadah": [["2022-05-01", 3, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.work.least_agents": [["2017-01-01", 3, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"], ["2022-05-01", 5, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.work.pks_most_years": [["2017-01-01", 3, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"], ["2022-05-01", 1, "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.work.rejoin_months": [["2017-01-01", 6, "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"], ["2022-05-01", 6, "Peraturan Direksi tentang Perisai 2017 dan 2018", "low"]],
  "incentive.work.takeover_arrears_months": [["2017-01-01", 6, "Peraturan Direksi tentang Perisai 2017 dan 2018", "medium"]],
  "membership.age_below": [["2015-07-01", 56, "praktik sebelum 2021 (teks tidak ditemukan)", "low"], ["2021-01-01", 65, "praktik BPJS Ketenagakerjaan sejak 2021 (teks tidak ditemukan)", "high"]],
  "membership.age_from": [["2015-07-01", 15, "umur kerja (batas bawah BPU tidak ditemukan)", "low"]],
  "service.bpu_due_day": [["2015-07-01", 15, "PP 44/2015", "high"]],
  "service.months_to_lapse": [["2015-07-01", 3, "BPJS Ketenagakerjaan FAQ 2023", "high"]],
  "service.most_months_at_once": [["2015-07-01", 12, "saluran bayar BPJS Ketenagakerjaan", "high"]],
} satisfies Table<number>;

export const RATE = {
  "benefits.jht_part_housing": [["2015-07-01", [3, 10], "PP 46/2015", "high"]],
  "benefits.jht_part_retirement": [["2015-07-01", [1, 10], "PP 46/2015", "high"]],
  "benefits.jkk_death_rate": [["2015-07-01", [3, 5], "PP 44/2015", "high"]],
  "bpu.jht_rate": [["2015-07-01", [1, 50], "PP 46/2015 Lampiran", "medium"]],
  "bpu.jkk_rate": [["2015-07-01", [1, 100], "PP 44/2015 Lampiran II", "high"]],
  "discounts.pp_49_2020.jp_deferrable": [["2015-07-01", [0, 1], "tanpa penundaan", "high"], ["2020-08-01", [99, 100], "PP 49/2020", "high"], ["2021-02-01", [0, 1], "PP 49/2020 berakhir", "high"]],
  "discounts.pp_49_2020.keeps": [["2015-07-01", [1, 1], "tanpa keringanan", "high"], ["2020-08-01", [1, 100], "PP 49/2020", "high"], ["2021-02-01", [1, 1], "PP 49/2020 berakhir", "high"]],
  "discounts.pp_50_2025.other": [["2015-07-01", [1, 1], "tanpa keringanan", "high"], ["2026-04-01", [1, 2], "PP 50/2025", "high"], ["2027-01-01", [1, 1], "PP 50/2025 berakhir", "high"]],
  "discounts.pp_50_2025.transport": [["2015-07-01", [1, 1], "tanpa keringanan", "high"], ["2026-01-01", [1, 2], "PP 50/2025", "high"], ["2027-04-01", [1, 1], "PP 50/2025 berakhir", "high"]],
  "incentive.regime_2017.contribution_rate": [["2017-01-01", [3, 40], "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"]],
  "incentive.regime_2017.wadah_share": [["2017-01-01", [1, 10], "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"]],
  "incentive.regime_2022.pu_contribution_rate": [["2022-05-01", [3, 40], "Perdir 13/PERDIR.02/042022 (peralihan)", "medium"], ["2023-01-01", [0, 1], "Peraturan BPJS Ketenagakerjaan 1/2023", "low"]],
  "incentive.regime_2022.wadah_rate": [["2022-05-01", [1, 10], "Perdir 13/PERDIR.02/042022", "high"]],
  "incentive.tax.rate": [["2017-01-01", [1, 40], "UU PPh Pasal 21, aturan umum bukan pegawai", "low"], ["2024-01-01", [1, 40], "UU PPh Pasal 21 dan PP 58/2023, aturan umum bukan pegawai", "low"]],
} satisfies Table<Rate>;

export const WORDS = {
  "benefits.bpu_waiting_means": [["2021-04-01", ["funeral"], "Permenaker 5/2021; Permenaker 1/2025", "medium"]],
  "benefits.jkk_death_floor": [["2015-07-01", ["jkm_lump"], "PP 44/2015", "medium"]],
  "discounts.pp_49_2020.jp_repaid_from": [["2020-08-01", ["2021-05-15"], "PP 49/2020", "high"]],
  "discounts.pp_49_2020.jp_repaid_until": [["2020-08-01", ["2022-04-15"], "PP 49/2020", "high"]],
  "discounts.pp_49_2020.paid_through": [["2020-08-01", ["2020-07"], "PP 49/2020", "high"]],
  "discounts.pp_50_2025.not_funded_by": [["2026-01-01", ["apbn", "apbd"], "PP 50/2025", "high"]],
  "incentive.regime": [["2017-01-01", ["regime_2017"], "Peraturan Direksi tentang Perisai 2017 dan 2018", "medium"], ["2022-05-01", ["regime_2022"], "Perdir 13/PERDIR.02/042022", "medium"]],
  "incentive.work.idle_means": [["2017-01-01", ["no_acquisition_and_no_contribution"], "Peraturan Direksi tentang Perisai 2017 dan 2018", "high"], ["2022-05-01", ["no_acquisition"], "Perdir 13/PERDIR.02/042022", "high"]],
} satisfies Table<readonly string[]>;

export const WHOLE_SCALES = {
  "bpu.base": [
    [[["2015-07-01", 0, "PP 44/2015 Lampiran II", "high"]], [["2015-07-01", 1000000, "PP 44/2015 Lampiran II", "high"]]],
    [[["2015-07-01", 1100000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 1200000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 1300000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 1400000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 1500000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 1600000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 1700000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 1800000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 1900000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 2000000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 2100000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 2200000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 2300000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 2400000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 2500000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 2600000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 2700000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 2950000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 3200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 3450000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 3700000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 3950000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 4200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 4450000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 4700000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 4950000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 5200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 5700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 6200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 6700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 7200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 7700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 8200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 8700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 9200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 9700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 10200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 10700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 11200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 11700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 12200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 12700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 13200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 13700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 14200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 14700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 15200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 15700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 16200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 16700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 17200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 17700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 18200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 18700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 19200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 19700000, "PP 44/2015 Lampiran II", "medium"]]],
    [[["2015-07-01", 20200000, "PP 44/2015 Lampiran II", "medium"]], [["2015-07-01", 20700000, "PP 44/2015 Lampiran II", "high"]]],
  ],
} satisfies Readonly<Record<string, readonly Bracket<number>[]>>;

export const RATE_SCALES = {
  "incentive.regime_2022.contribution_rate": [
    [[["2022-05-01", 1, "Perdir 13/PERDIR.02/042022", "high"]], [["2022-05-01", [3, 20], "Perdir 13/PERDIR.02/042022", "high"]]],
    [[["2022-05-01", 25, "Perdir 13/PERDIR.02/042022", "high"]], [["2022-05-01", [1, 20], "Perdir 13/PERDIR.02/042022", "high"]]],
    [[["2022-05-01", 61, "Perdir 13/PERDIR.02/042022", "high"]], [["2022-05-01", [0, 1], "Perdir 13/PERDIR.02/042022: kembali ke kantor cabang", "high"]]],
  ],
} satisfies Readonly<Record<string, readonly Bracket<Rate>[]>>;

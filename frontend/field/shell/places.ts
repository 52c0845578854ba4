/** Which screen stands at which address, and the places of the bottom bar. A room of screens adds its lines here. */
import type { ComponentType } from "preact";
import { words } from "../i18n/words";
import type { IconName } from "../parts/icons";
import { Leave, More, Settings } from "../screens/more";
import { Outbox } from "../screens/outbox";
import { Today } from "../screens/today";

export interface Route {
  /** Parts like `:id` are given to the screen as properties of that name. */
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: each screen names the parts that its own path has.
  readonly screen: ComponentType<any>;
}

const WORDS = words({ today: "Hari ini", more: "Lainnya" }, { today: "Today", more: "More" });

export const ROUTES: readonly Route[] = [
  { path: "/", screen: Today },
  { path: "/kotak-keluar", screen: Outbox },
  { path: "/lainnya", screen: More },
  { path: "/pengaturan", screen: Settings },
  { path: "/keluar", screen: Leave },
];

export interface Place {
  readonly path: string;
  readonly icon: IconName;
  readonly label: () => string;
}

export const PLACES: readonly Place[] = [
  { path: "/", icon: "home", label: () => WORDS().today },
  { path: "/lainnya", icon: "menu", label: () => WORDS().more },
];

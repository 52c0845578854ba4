/** The frame: what stands in the way, the gate, or the honest line, a screen and the five places. */
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/words";
import { trouble } from "../kernel/trouble";
import { ButtonLink, EmptyState, Icon, Screen } from "../parts/parts";
import { fits, place } from "../parts/route";
import { Gate } from "../screens/gate";
import { TroubleScreen } from "../screens/trouble";
import { lock, type Vault, vault } from "../store/vault";
import { begin, end } from "../sync/running";
import { checkPhone } from "./check";
import { HonestLine } from "./honest";
import { IdleLock } from "./idle";
import { PLACES, ROUTES } from "./places";

const WORDS = words(
  {
    places: "Bagian",
    unknown: "Halaman ini tidak ada",
    unknownWhy: "Alamatnya mungkin dari versi lama.",
    home: "Ke Hari ini",
  },
  {
    places: "Places",
    unknown: "There is no such page",
    unknownWhy: "The address may be from an old version.",
    home: "To Today",
  },
);

export function App(): JSX.Element {
  const open = vault.value;
  if (trouble.value) {
    return (
      <div class="phone">
        <TroubleScreen is={trouble.value} onAgain={() => void checkPhone(open)} />
      </div>
    );
  }
  return <div class="phone">{open ? <Open key={open.device} vault={open} /> : <Gate />}</div>;
}

function Open({ vault: open }: { readonly vault: Vault }) {
  useEffect(() => {
    void checkPhone(open);
    void open.blobs.sweep();
    void navigator.storage?.persist?.();
    begin(open);
    const idle = new IdleLock(lock);
    return () => {
      idle.stop();
      end();
    };
  }, [open]);
  return (
    <>
      <HonestLine />
      <Here />
      <Places />
    </>
  );
}

function Here() {
  const t = WORDS();
  for (const { path, screen } of ROUTES) {
    const found = fits(path, place.value);
    if (found) {
      const Shown = screen as ComponentType<Readonly<Record<string, string>>>;
      return <Shown key={place.value} {...found} />;
    }
  }
  return (
    <Screen title={t.unknown} foot={<ButtonLink to="/">{t.home}</ButtonLink>}>
      <EmptyState icon="info" title={t.unknown}>
        {t.unknownWhy}
      </EmptyState>
    </Screen>
  );
}

function Places() {
  const here = place.value;
  return (
    <nav class="places" aria-label={WORDS().places}>
      {PLACES.map(({ path, icon, label }) => (
        <a
          key={path}
          href={`#${path}`}
          aria-current={(path === "/" ? here === "/" : here.startsWith(path)) ? "page" : undefined}
        >
          <Icon name={icon} />
          {label()}
        </a>
      ))}
    </nav>
  );
}

/** The small parts of every screen. They know words and figures, but nothing of workers, outboxes or offices. */
import type { ComponentChildren, JSX, TargetedEvent } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { words } from "../i18n/words";
import { drawing, type IconName } from "./icons";
import { go } from "./route";

const WORDS = words(
  { back: "Kembali", close: "Tutup", skip: "Langsung ke isi" },
  { back: "Back", close: "Close", skip: "Skip to content" },
);

type Children = { readonly children?: ComponentChildren };

export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: drawing(name) }}
  />
);

interface ScreenProps extends Children {
  readonly title: string;
  /** Where "back" leads; none on the five places. */
  readonly back?: string;
  readonly under?: ComponentChildren;
  /** The one thing to do here, in reach of the thumb. */
  readonly foot?: ComponentChildren;
}

export function Screen({ title, back, under, foot, children }: ScreenProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Perisai`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main class="screen" id="main">
      <header class="screen-head">
        {back && (
          <a class="back" href={`#${back}`}>
            <Icon name="back" />
            <span class="unseen">{WORDS().back}</span>
          </a>
        )}
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {under && <p class="quiet">{under}</p>}
        </div>
      </header>
      <div class="screen-body">{children}</div>
      {foot && <div class="screen-foot">{foot}</div>}
    </main>
  );
}

interface ButtonProps extends Children {
  readonly kind?: "primary" | "plain" | "danger";
  readonly icon?: IconName;
  readonly type?: "button" | "submit";
  readonly disabled?: boolean;
  readonly onClick?: () => void;
}

export const Button = ({
  kind = "plain",
  icon,
  type = "button",
  children,
  ...rest
}: ButtonProps): JSX.Element => (
  <button class={`button button-${kind}`} type={type} {...rest}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </button>
);

interface LinkProps extends Children {
  readonly to: string;
  readonly kind?: "primary" | "plain";
  readonly icon?: IconName;
}

/** A link that looks like a button. */
export const ButtonLink = ({ to, kind = "plain", icon, children }: LinkProps): JSX.Element => (
  <a class={`button button-${kind}`} href={`#${to}`}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </a>
);

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  /** What happened, why, and what to do next. */
  readonly wrong?: string | undefined;
  readonly type?: "text" | "password" | "tel" | "search" | "date";
  readonly mode?: "text" | "numeric" | "tel" | "decimal";
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly lines?: number;
  readonly disabled?: boolean;
}

/** Label above, hint under, what is wrong under the field. Every keystroke goes out through `onInput`. */
export function Field({
  label,
  value,
  onInput,
  hint,
  wrong,
  mode,
  lines,
  autocomplete = "off",
  ...rest
}: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  const common = {
    id,
    value,
    class: "input",
    autocomplete,
    "aria-describedby": told || undefined,
    "aria-invalid": wrong ? ("true" as const) : undefined,
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onInput(event.currentTarget.value),
  };
  const { maxLength, disabled, type = "text" } = rest;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines ? (
        <textarea {...common} rows={lines} disabled={disabled} {...(maxLength && { maxLength })} />
      ) : (
        <input
          {...common}
          type={type as "text"}
          inputMode={mode}
          disabled={disabled}
          {...(maxLength && { maxLength })}
        />
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p class="wrong" id={`${id}-wrong`}>
          <Icon name="alert" />
          {wrong}
        </p>
      )}
    </div>
  );
}

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly under?: string;
}

interface BigChoiceProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T | null;
  readonly onChoose: (value: T) => void;
  readonly wrong?: string | undefined;
}

/** One question, big answers; of all of them one holds. */
export function BigChoice<T extends string>({ label, choices, value, onChoose, wrong }: BigChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="choices" aria-describedby={wrong ? `${name}-wrong` : undefined}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label class="choice" key={choice.value}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          <span>
            <strong>{choice.label}</strong>
            {choice.under && <small>{choice.under}</small>}
          </span>
        </label>
      ))}
      {wrong && (
        <p class="wrong" id={`${name}-wrong`}>
          <Icon name="alert" />
          {wrong}
        </p>
      )}
    </fieldset>
  );
}

interface TickProps extends Children {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly under?: string;
}

/** A yes that is not asked for twice. */
export const Tick = ({ checked, onChange, under, children }: TickProps): JSX.Element => (
  <label class="choice">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>
      <strong>{children}</strong>
      {under && <small>{under}</small>}
    </span>
  </label>
);

export type Tone = "plain" | "good" | "soon" | "bad" | "info";

/** State in colour, icon and word; `since` says since or until when. */
export const Chip = ({
  tone,
  icon,
  since,
  children,
}: Children & { tone: Tone; icon: IconName; since?: string }) => (
  <span class={`chip chip-${tone}`}>
    <Icon name={icon} />
    <span>
      {children}
      {since && <> · {since}</>}
    </span>
  </span>
);

const NOTICE_ICON: Record<Tone, IconName> = {
  plain: "info",
  good: "check",
  soon: "clock",
  bad: "alert",
  info: "info",
};

/** A sentence that must be read; `bad` and `soon` are read out at once. */
export const Notice = ({ tone, title, children }: Children & { tone: Tone; title?: string }): JSX.Element => (
  <div class={`notice notice-${tone}`} role={tone === "bad" || tone === "soon" ? "alert" : undefined}>
    <Icon name={NOTICE_ICON[tone]} />
    <div>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  </div>
);

/** What will stand here, and how it comes. */
export const EmptyState = ({
  icon,
  title,
  children,
}: Children & { icon: IconName; title: string }): JSX.Element => (
  <div class="empty">
    <Icon name={icon} />
    <strong>{title}</strong>
    <p>{children}</p>
  </div>
);

export const Card = ({
  title,
  aside,
  children,
}: Children & { title?: string; aside?: ComponentChildren }) => (
  <section class="card">
    {title && (
      <header class="card-head">
        <h2>{title}</h2>
        {aside}
      </header>
    )}
    {children}
  </section>
);

export const Figure = ({ value, children }: Children & { value: string }): JSX.Element => (
  <p class="figure">
    <strong>{value}</strong>
    <span>{children}</span>
  </p>
);

export const Rows = ({ children }: Children): JSX.Element => <ul class="rows">{children}</ul>;

interface RowProps extends Children {
  readonly title: ComponentChildren;
  readonly to?: string;
  readonly onClick?: () => void;
  readonly icon?: IconName;
  /** At the right: an amount or a state. */
  readonly aside?: ComponentChildren;
}

/** A line of a list; with `to` or `onClick` the whole line is the target. */
export function Row({ title, to, onClick, icon, aside, children }: RowProps): JSX.Element {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span class="row-words">
        <strong>{title}</strong>
        {children && <span class="quiet">{children}</span>}
      </span>
      {aside && <span class="row-aside">{aside}</span>}
      {(to || onClick) && <Icon name="next" />}
    </>
  );
  return (
    <li>
      {to ? (
        <a class="row" href={`#${to}`}>
          {inside}
        </a>
      ) : onClick ? (
        <button class="row" type="button" onClick={onClick}>
          {inside}
        </button>
      ) : (
        <div class="row">{inside}</div>
      )}
    </li>
  );
}

/** A sheet that comes up from below over the screen; Escape and the button close it. */
export function Sheet({
  title,
  onClose,
  children,
}: Children & { title: string; onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <Button onClick={() => dialog.current?.close()}>{WORDS().close}</Button>
    </dialog>
  );
}

/** How far one is, in dots and for those who do not see them in words. */
export const Dots = ({ at, of, words: said }: { at: number; of: number; words: string }): JSX.Element => (
  <div class="dots" role="img" aria-label={said}>
    {Array.from({ length: of }, (_, step) => (
      <span key={step} class={step < at ? "dot dot-done" : "dot"} />
    ))}
  </div>
);

/** Facts as label and value; a missing value is "—". */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {facts.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value || "—"}</dd>
      </div>
    ))}
  </dl>
);

export const Waiting = ({ children }: Children): JSX.Element => (
  <p class="waiting" role="status">
    {children}
  </p>
);

export { go };

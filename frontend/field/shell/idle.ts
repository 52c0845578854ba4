/** Locks the app when nobody has touched it for a while, also when that while was spent in a pocket. */
const MINUTE = 60_000;

export const IDLE = 10 * MINUTE;

const SIGNS = ["pointerdown", "keydown", "input"] as const;

export class IdleLock {
  readonly #lock: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #touched = Date.now();

  constructor(lock: () => void) {
    this.#lock = lock;
    this.#timer = setInterval(this.#look, MINUTE / 4);
    for (const sign of SIGNS) document.addEventListener(sign, this.#touch, { passive: true });
    document.addEventListener("visibilitychange", this.#look);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const sign of SIGNS) document.removeEventListener(sign, this.#touch);
    document.removeEventListener("visibilitychange", this.#look);
  }

  #touch = (): void => {
    this.#touched = Date.now();
  };

  /** Timers sleep with the phone, clocks do not. */
  #look = (): void => {
    if (Date.now() - this.#touched > IDLE) this.#lock();
  };
}

import { beforeEach, expect, test, vi } from "vitest";
import { writer } from "./charts";
import { submitOnce } from "./forms";
import { listenForKeys } from "./keys";

const press = (key: string, at: Element = document.body, more: KeyboardEventInit = {}) =>
  at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  document.body.innerHTML = `
    <input data-search id="q">
    <table data-rows><tr data-row><td><a href="#1" id="one">1</a><a href="#x">x</a></td></tr>
      <tr data-row><td><a href="#2" id="two">2</a></td></tr></table>
    <button data-key="s" id="approve">Setujui</button>`;
});
listenForKeys();

test("j and k walk through the rows and stop at the ends", () => {
  press("j");
  expect(document.activeElement?.id).toBe("one");
  press("j");
  press("j");
  expect(document.activeElement?.id).toBe("two");
  press("k");
  press("k");
  expect(document.activeElement?.id).toBe("one");
});

test("a slash goes to the search box, and letters typed there decide nothing", () => {
  const approved = vi.fn();
  document.querySelector("#approve")?.addEventListener("click", approved);
  press("/");
  const box = document.querySelector("#q");
  expect(document.activeElement).toBe(box);
  if (box) press("s", box);
  expect(approved).not.toHaveBeenCalled();
  press("s", document.body, { ctrlKey: true });
  expect(approved).not.toHaveBeenCalled();
  press("s");
  expect(approved).toHaveBeenCalledOnce();
});

test("a held key decides once only", () => {
  const approved = vi.fn();
  document.querySelector("#approve")?.addEventListener("click", approved);
  press("s");
  press("s", document.body, { repeat: true });
  expect(approved).toHaveBeenCalledOnce();
});

test("a form pressed twice is sent once", () => {
  document.body.innerHTML = `<form method="post"><button>Kirim</button></form>`;
  submitOnce(document);
  const form = document.querySelector("form");
  const first = new Event("submit", { bubbles: true, cancelable: true });
  const second = new Event("submit", { bubbles: true, cancelable: true });
  form?.dispatchEvent(first);
  form?.dispatchEvent(second);
  expect([first.defaultPrevented, second.defaultPrevented]).toEqual([false, true]);
});

test("figures are written in the reader's language, and a missing one is a dash", () => {
  expect(writer("count", "id")(1234567)).toBe("1.234.567");
  expect(writer("percent", "id")(85.04).replace(/\s/u, " ")).toBe("85,04 %");
  expect(writer("percent", "en")(85.04)).toBe("85.04%");
  expect(writer("idr", "id")(16800)).toBe("Rp 16.800");
  expect(writer("count", "id")(null)).toBe("—");
});

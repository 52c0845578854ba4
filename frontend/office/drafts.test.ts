import { beforeEach, expect, test } from "vitest";
import { keepDrafts } from "./drafts";

const FORM = `
  <form data-draft="referral" method="post">
    <div data-draft-notice hidden><button type="button" data-draft-discard></button></div>
    <input name="name"><input name="pin" type="password"><input name="bank" data-draft-skip>
    <input type="hidden" name="form_id" value="new">
    <input type="radio" name="sex" value="f"><input type="radio" name="sex" value="m">
    <input type="checkbox" name="agree" value="on">
    <select name="job"><option value="farmer"></option><option value="trader"></option></select>
    <textarea name="note"></textarea>
  </form>`;

/** A page as the server sends it: its form, whose it is, and what kind of page. */
function page(body: string, user = "rina", kind = "page"): HTMLFormElement | null {
  document.body.innerHTML = body;
  document.body.dataset.page = kind;
  if (user) document.body.dataset.user = user;
  else delete document.body.dataset.user;
  keepDrafts(document, sessionStorage);
  return document.querySelector("form");
}

function type(form: HTMLFormElement | null, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const field = form?.querySelector<HTMLInputElement>(`[name=${name}]:not([type=radio])`);
    if (field) field.value = value;
  }
  form?.dispatchEvent(new Event("input", { bubbles: true }));
}

const send = (form: HTMLFormElement | null) => form?.dispatchEvent(new Event("submit", { bubbles: true }));
const named = (form: HTMLFormElement | null) => form?.querySelector<HTMLInputElement>("[name=name]")?.value;

beforeEach(() => sessionStorage.clear());

test("what Rina typed is back after her session ended in the middle of the form", () => {
  const form = page(FORM);
  form?.querySelector<HTMLInputElement>("[value=f]")?.click();
  form?.querySelector<HTMLInputElement>("[name=agree]")?.click();
  type(form, { name: "Yusniar", job: "trader", note: "sawah di Baso" });
  send(form);
  page("<form></form>", "", "sign-in");
  const again = page(FORM);
  expect(named(again)).toBe("Yusniar");
  expect(again?.querySelector<HTMLInputElement>("[value=f]")?.checked).toBe(true);
  expect(again?.querySelector<HTMLInputElement>("[name=agree]")?.checked).toBe(true);
  expect(again?.querySelector("select")?.value).toBe("trader");
  expect(again?.querySelector("textarea")?.value).toBe("sawah di Baso");
  expect(again?.querySelector("[data-draft-notice]")?.hasAttribute("hidden")).toBe(false);
});

test("passwords, skipped fields and the form's own id are not kept", () => {
  const form = page(FORM);
  type(form, { name: "Yusniar", pin: "secret-pin", bank: "1234567890" });
  const kept = JSON.stringify(sessionStorage.getItem("perisai:draft:rina:referral"));
  expect(kept).toContain("Yusniar");
  expect(kept).not.toContain("secret-pin");
  expect(kept).not.toContain("1234567890");
  expect(kept).not.toContain("form_id");
});

test("nothing is ever written where the next person at this computer could find it", () => {
  type(page(FORM), { name: "Yusniar" });
  expect(localStorage.length).toBe(0);
});

test("a form that arrived leaves nothing behind", () => {
  const form = page(FORM);
  type(form, { name: "Yusniar" });
  send(form);
  page("<p>Tersimpan</p>");
  expect(named(page(FORM))).toBe("");
});

test("the same form shown again after success is empty, because the server says it arrived", () => {
  const form = page(FORM);
  type(form, { name: "Yusniar" });
  send(form);
  expect(named(page(`<div data-draft-done="referral"></div>${FORM}`))).toBe("");
});

test("an error page is no arrival", () => {
  const form = page(FORM);
  type(form, { name: "Yusniar" });
  send(form);
  page("<h1>Ada gangguan</h1>", "rina", "error");
  expect(named(page(FORM))).toBe("Yusniar");
});

test("a form that comes back with findings keeps the server's values and stays a draft", () => {
  const form = page(FORM);
  type(form, { name: "Yusniar" });
  send(form);
  page(
    FORM.replace('data-draft="referral"', 'data-draft="referral" data-draft-bound').replace(
      'name="name"',
      'name="name" value="Yusniar B"',
    ),
  );
  page("<p>halaman lain</p>");
  expect(named(page(FORM))).toBe("Yusniar B");
});

test("another person who signs in at this tab sees nothing of it", () => {
  type(page(FORM), { name: "Yusniar" });
  expect(named(page(FORM, "siti"))).toBe("");
  expect(named(page(FORM, "rina"))).toBe("");
});

test("signing out throws everything away", () => {
  type(page(`${FORM}<form data-signs-out></form>`), { name: "Yusniar" });
  document.querySelector("[data-signs-out]")?.dispatchEvent(new Event("submit", { bubbles: true }));
  expect(sessionStorage.length).toBe(0);
});

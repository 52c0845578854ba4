import htmx from "htmx.org";

// Nothing of htmx may need eval or an inline style: the content security policy refuses both.
Object.assign(htmx.config, {
  allowEval: false,
  // An inline style is refused, so none is carried over from what a swap replaces.
  attributesToSettle: ["class", "width", "height"],
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  defaultSwapStyle: "outerHTML",
  // A refusal (422) carries the form or the sentence to show: it is swapped in like any other answer.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  if (token)
    (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRFToken"] = token;
});

import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./tabler.css";
import "./office.css";
import "./htmx";
import { keepDrafts } from "./drafts";
import { submitOnce } from "./forms";
import { listenForKeys } from "./keys";
import { prepareMenus } from "./menus";

listenForKeys();
prepareMenus();
submitOnce();
keepDrafts();

function drawCharts(): void {
  if (document.querySelector("[data-chart]")) {
    void import("./charts").then(({ drawAll }) => drawAll());
  }
}
drawCharts();
document.addEventListener("htmx:afterSettle", drawCharts);

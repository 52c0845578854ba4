import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./style/field.css";
import { render } from "preact";
import { language, speak } from "./i18n/words";
import { App } from "./shell/app";
import { checkPhone, watchForFull } from "./shell/check";
import { register } from "./sync/updates";

async function begin(): Promise<void> {
  speak(language.value);
  watchForFull();
  await checkPhone(null);
  render(<App />, document.body);
  await register();
}

void begin();

/** Giving a picture or a text away: the phone's share sheet where there is one, else a download or the clipboard. */

export type Given = "shared" | "saved" | "not";

export async function giveFile(made: Blob, name: string, title: string): Promise<Given> {
  const file = new File([made], name, { type: made.type });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title });
      return "shared";
    } catch (error) {
      // Closed by the person: nothing was lost, nothing is to be said.
      if (error instanceof DOMException && error.name === "AbortError") return "not";
    }
  }
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return "saved";
}

export async function giveText(text: string, title: string): Promise<Given> {
  try {
    if (navigator.share) {
      await navigator.share({ text, title });
      return "shared";
    }
    await navigator.clipboard.writeText(text);
    return "saved";
  } catch {
    return "not";
  }
}

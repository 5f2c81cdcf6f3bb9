/** How a finding quotes what a log or the service said. */

/** As it was written: in Markdown's code where that is possible. */
export function verbatim(text: string): string {
  return text.includes('`') ? text : `\`${text}\``;
}

/** Cut between two words where there are any. */
export function shortened(text: string, limit = 140): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf(' ', limit - 2);
  return `${text.slice(0, end < limit / 2 ? limit - 2 : end).toWellFormed()} …`;
}

/** The container runtime's own words. They come behind `Artifact upload failed`, and are not about artifacts. */
export const RUNTIME_SAID = /CannotStartContainer|ContainerStartup|OCI runtime|exec format|pull/i;

/** What the browser is asked to do; the types of in-page.mjs, which knows the browser's names and nothing of ours. */
export function mermaidFailures(sources: readonly string[], theme: string): Promise<string[]>;
export function openFolds(): void;
export function faintTexts(): string[];
export function wideElements(width: number): string[];
export function drawCharts(sources: readonly string[], theme: string): Promise<void>;

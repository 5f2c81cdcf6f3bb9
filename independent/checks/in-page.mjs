/** What the browser is asked to do. Each function is sent to the page as text, so it may use nothing from outside itself. */

export function openFolds() {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
}

/** Renders each chart below the page, as GitHub does in a comment; answers what did not come out. */
export async function mermaidFailures(sources, theme) {
  const { mermaid } = window;
  mermaid.initialize({ startOnLoad: false, theme, securityLevel: 'strict' });
  const failures = [];
  for (const [index, source] of sources.entries()) {
    try {
      const { svg } = await mermaid.render(`chart-${index}`, source);
      const box = document.body.appendChild(document.createElement('div'));
      box.innerHTML = svg;
      if (box.querySelector('svg .plot path, svg path') === null) failures.push(`no line is drawn: ${source}`);
      box.remove();
    } catch (error) {
      failures.push(`${error}: ${source}`);
    }
  }
  return failures;
}

/** Puts Mermaid's own charts in the place of the drawings that the page has without scripts. */
export async function drawCharts(sources, theme) {
  const { mermaid } = window;
  mermaid.initialize({ startOnLoad: false, theme, securityLevel: 'strict' });
  for (const [index, drawing] of [...document.querySelectorAll('.mermaid-chart')].entries()) {
    const { svg } = await mermaid.render(`chart-${index}`, sources[index]);
    const box = document.createElement('div');
    box.style.textAlign = 'center';
    box.innerHTML = svg;
    drawing.replaceWith(box);
  }
}

/** Texts with less contrast than WCAG 2.2 asks for (AA: 4.5, large ones 3), each with its ratio. */
export function faintTexts() {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const over = (front, back) => {
    const alpha = front[3] ?? 1;
    return [0, 1, 2].map((at) => (front[at] ?? 0) * alpha + (back[at] ?? 0) * (1 - alpha));
  };
  const background = (element) => {
    if (element === null) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return (own[3] ?? 1) === 1 && own.length > 0 ? own : over(own, background(element.parentElement));
  };
  const luminance = (color) => {
    const [red = 0, green = 0, blue = 0] = color.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    // A chart's numbers are Mermaid's own; the line of text beside it says the same.
    if (element === null || node.textContent?.trim() === '' || element.closest('svg, style, script')) continue;
    const style = getComputedStyle(element);
    const back = background(element);
    const [one, other] = [luminance(over(channels(style.color), back)), luminance(back)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.add(`${ratio.toFixed(2)}: ${node.textContent?.trim().slice(0, 60)}`);
  }
  return [...faint];
}

/** Elements that reach past the screen, unless they stand in a box that scrolls by itself (tables and code, on GitHub). */
export function wideElements(width) {
  const scrolls = (element) => {
    if (element === null || element === document.body) return false;
    return /auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement);
  };
  const page = document.documentElement.scrollWidth;
  const wide = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element.parentElement))
    .map(
      (element) =>
        `${element.tagName} ends at ${Math.round(element.getBoundingClientRect().right)} px: ${element.textContent?.trim().slice(0, 80)}`,
    );
  return page > width ? [`the page is ${page} px wide`, ...wide] : wide;
}

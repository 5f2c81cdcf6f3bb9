/** Numbers as training programs print them. */

/**
 * One printed number, without a group; nan and inf too. `0,8571` is a decimal comma: nobody groups thousands behind a zero.
 * PyTorch Lightning pads what its bars show to five characters: `nan.0`, `inf.0`.
 */
export const VALUE =
  '[-+]?(?:0,\\d{2,}|(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?|[nN][aA][nN](?:\\.0)?|[iI][nN][fF](?:inity|\\.0)?)';

/** What runs on is no value: `34.38s`, `9811/10000`, `7,034`, `11:48:08`, `1.2.3`, `0.77.ckpt`, `2024-05-09`, nor is a bar's `100%|`. */
export const VALUE_ENDS = '(?![\\w/]|[,:]\\d|\\.\\w|-\\w|%\\|)';

/** A number as Python, C or JavaScript print it; undefined when it is none. */
export function numberOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (/^[-+]?nan(?:\.0)?$/i.test(trimmed)) return Number.NaN;
  if (/^[-+]?inf(?:inity|\.0)?$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** The same, with a decimal comma where that is certain. */
export function printedNumber(text: string | undefined): number | undefined {
  return numberOf(text?.replace(/^([-+]?0),(\d{2,})$/, '$1.$2'));
}

/** Whether one of two numbers is the other one, printed with fewer digits. */
export function sameButRounded(one: number, other: number): boolean {
  if (Object.is(one, other)) return true;
  if (!Number.isFinite(one) || !Number.isFinite(other)) return false;
  return isRounding(one, other) || isRounding(other, one);
}

function isRounding(short: number, long: number): boolean {
  const [mantissa = '', exponent] = String(short).split('e');
  // An integer is too short to prove anything: 1 is not a print of 0.97.
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  if (decimals === 0) return false;
  const unit = 10 ** (Number(exponent ?? 0) - decimals);
  return Math.abs(long - short) <= unit * 0.500_001;
}

/** A text as a regular expression that matches nothing else. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

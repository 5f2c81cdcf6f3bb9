/** Readers of single values: text in, value or mistakes out. */
import { constraintOf, type Member, violation } from './constraints.ts';
import { type Parsed, quoted, valid, wrong } from './problem.ts';

export type Reader<T> = (text: string) => Parsed<T>;

/** One line of text. `what` names the value in the remedy. */
export function line(what: string, maximum = 4_096): Reader<string> {
  return (text) => {
    if (/\p{Cc}/u.test(text))
      return wrong('holds a line break or another control character', `Write ${what} on one line.`);
    if ([...text].length > maximum)
      return wrong(`is ${[...text].length} characters long`, `Use at most ${maximum} characters.`);
    return valid(text);
  };
}

/** Text that the whole pattern must match. */
export function matching(pattern: RegExp, remedy: string): Reader<string> {
  return (text) => (pattern.test(text) ? valid(text) : wrong(`is ${quoted(text)}`, remedy));
}

/** Text that the service model of AWS accepts for this member. */
export function accepted(member: Member, remedy: string): Reader<string> {
  return (text) => {
    const why = violation(member, text);
    return why === undefined ? valid(text) : wrong(`is ${quoted(text)}, which ${why}`, remedy);
  };
}

/** The spellings of YAML 1.2's core schema, which are those that GitHub's own actions take. */
export const boolean: Reader<boolean> = (text) => {
  if (/^(true|True|TRUE)$/.test(text)) return valid(true);
  if (/^(false|False|FALSE)$/.test(text)) return valid(false);
  return wrong(`is ${quoted(text)}`, 'Write true or false.');
};

export function oneOf<const Words extends readonly string[]>(words: Words): Reader<Words[number]> {
  return (text) => {
    const found = words.find((word) => word === text);
    return found === undefined ? wrong(`is ${quoted(text)}`, `Write ${inAList(words)}.`) : valid(found);
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Reader<number> {
  return (text) => {
    const value = /^[+]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return valid(value);
    return wrong(`is ${quoted(text)}`, `Write a whole number from ${min} to ${max}, without a unit.`);
  };
}

/** An amount of money above zero. */
export const amount: Reader<number> = (text) => {
  const value = /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : 0;
  if (value > 0 && Number.isFinite(value)) return valid(value);
  return wrong(`is ${quoted(text)}`, 'Write an amount of US dollars above zero, without a currency: 2.50');
};

/** A role of AWS IAM, as SageMaker's service model spells it. */
export const roleArn: Reader<string> = (text) => {
  const why = violation('CreateTrainingJob.RoleArn', text);
  if (why === undefined) return valid(text);
  if (/^arn:aws[a-z-]*:sts::\d{12}:assumed-role\//.test(text))
    return wrong(
      `is ${quoted(text)}, a session of a role`,
      'Write the role itself: arn:aws:iam::<account>:role/<name>.',
    );
  return wrong(
    `is ${quoted(text)}, which is no role ARN`,
    'Write it as IAM shows it: arn:aws:iam::<12-digit account>:role/<name>.',
  );
};

/** A type of SageMaker training instance among those of the service model. */
export function instanceTypes(): readonly string[] {
  return constraintOf('CreateTrainingJob.ResourceConfig.InstanceType').enum ?? [];
}

/** `a, b or c` */
export function inAList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/**
 * The limits of the AWS APIs on the values we send, from their service models (scripts/constraints.py).
 * The JavaScript SDK checks none of them, and the services report one at a time, after the image is built.
 */
import generated from './constraints.generated.json' with { type: 'json' };
import { javaScriptPattern } from './java-pattern.ts';
import { shapeAt } from './service-model.ts';

const TRAINING_JOB = 'CreateTrainingJob.';

/** A member of a request; of CreateTrainingJob any, by its path (`InputDataConfig[].ChannelName`). */
export type Member = keyof typeof generated.members | `${typeof TRAINING_JOB}${string}`;

export interface Constraint {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** Throws TypeError for a member that the model does not have. */
export function constraintOf(member: Member): Constraint {
  if (member.startsWith(TRAINING_JOB)) return shapeAt(member.slice(TRAINING_JOB.length));
  const others: Readonly<Record<string, Constraint>> = generated.members;
  const found = others[member];
  if (found === undefined) throw new TypeError(`The service model has no member ${member}`);
  return found;
}

/** The largest length of a string, or number of entries of a list or map, that the member accepts. */
export function maximumOf(member: Member): number {
  return constraintOf(member).max ?? Number.POSITIVE_INFINITY;
}

/** Whether the whole value matches the pattern of the member; members without a pattern take anything. */
export function matchesPattern(member: Member, value: string): boolean {
  return matches(constraintOf(member), value);
}

function matches({ pattern }: Constraint, value: string): boolean {
  return pattern === undefined || javaScriptPattern(pattern).test(value);
}

/**
 * Why the service would refuse this string, as a clause (`is 70 characters long, at most 63 are allowed`), or undefined.
 * Lengths count code points, as the services do.
 */
export function violation(member: Member, value: string): string | undefined {
  return textViolation(constraintOf(member), value);
}

/** The same of a constraint itself. */
export function textViolation(constraint: Constraint, value: string): string | undefined {
  const { min = 0, max } = constraint;
  const length = [...value].length;
  if (length < min) return length === 0 ? 'is empty' : `is ${length} characters long, at least ${min} are needed`;
  if (max !== undefined && length > max) return `is ${length} characters long, at most ${max} are allowed`;
  if (matches(constraint, value)) return undefined;
  return /[\r\n]/.test(value) ? 'holds a line break, which the API forbids' : 'holds characters that the API forbids';
}

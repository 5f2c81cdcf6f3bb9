/** Secrets in places that SageMaker shows to everybody who may describe the job. */
import { redactPatterns } from '../hostile/patterns.ts';
import type { Inputs } from './inputs.ts';

export interface SecretValue {
  readonly input: 'environment' | 'hyperparameters';
  readonly name: string;
  readonly value: string;
}

/** Entries that look like a secret by their name or their value. */
export function secretValues({ data }: Pick<Inputs, 'data'>): readonly SecretValue[] {
  return (['environment', 'hyperparameters'] as const).flatMap((input) =>
    Object.entries(data[input])
      .filter(([name, value]) => looksSecret(name, value))
      .map(([name, value]) => ({ input, name, value })),
  );
}

function looksSecret(name: string, value: string): boolean {
  const written = `${name}=${value}`;
  return redactPatterns(written) !== written || redactPatterns(value) !== value;
}

/** What to do about it; the value is not in it. */
export function secretWarning({ input, name }: SecretValue): string {
  return `${input} holds what looks like a secret in ${name}. SageMaker shows it in clear to everybody who may describe the job. Put it into AWS Secrets Manager, pass the secret's name instead, allow secretsmanager:GetSecretValue to the execution role, and let the script read it.`;
}

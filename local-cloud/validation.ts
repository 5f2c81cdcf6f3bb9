import { violationMessage, violations } from './model/constraints.ts';
import { checkTypes, TypeMismatch } from './model/types.ts';
import type { Route } from './protocols/http.ts';
import { CloudError, type ServiceName } from './types.ts';

/** The error name under which each service reports a broken constraint. */
const CODES: Readonly<Partial<Record<ServiceName, string>>> = {
  sts: 'ValidationError',
  iam: 'ValidationError',
  cloudwatch: 'ValidationError',
  logs: 'InvalidParameterException',
  ecr: 'InvalidParameterException',
};

/** Refuses an input that AWS's model refuses, and one with members the model does not know. Throws `CloudError`. */
export function validateInput(route: Route, input: Record<string, unknown>): void {
  const { model, operationModel } = route;
  if (!model || !operationModel?.input) return;
  const reference = { shape: operationModel.input };
  try {
    checkTypes(model, reference, input);
  } catch (error) {
    if (!(error instanceof TypeMismatch)) throw error;
    throw new CloudError(
      'SerializationException',
      error.path === '' ? error.message : `${error.message} at '${error.path}'`,
    );
  }
  const message = violationMessage(violations(model, reference, input));
  if (message !== undefined) throw new CloudError(CODES[route.service] ?? 'ValidationException', message);
}

/** Fails loudly on an answer of ours that AWS's model does not allow: a fault of this cloud, not of its caller. */
export function validateOutput(route: Route, output: unknown): void {
  const { model, operationModel } = route;
  if (!model || !operationModel?.output) return;
  const reference = { shape: operationModel.output };
  const value = JSON.parse(JSON.stringify(output ?? {}));
  checkTypes(model, reference, value);
  const message = violationMessage(violations(model, reference, value));
  if (message !== undefined)
    throw new Error(`The answer of ${route.service}.${route.operation} breaks the model: ${message}`);
}

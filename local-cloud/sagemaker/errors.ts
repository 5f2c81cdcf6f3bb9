import { CloudError, type Principal } from '../types.ts';

/** Nearly every refusal of SageMaker goes under this name. */
export function validationError(message: string): CloudError {
  return new CloudError('ValidationException', message);
}

/** What Describe and Stop say of a job that does not exist: no `ResourceNotFound`. */
export function unknownJob(): CloudError {
  return validationError('Requested resource not found.');
}

export function accessDenied(principal: Principal, action: string, resource: string): CloudError {
  return new CloudError(
    'AccessDeniedException',
    `User: ${principal.arn ?? principal.id} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}

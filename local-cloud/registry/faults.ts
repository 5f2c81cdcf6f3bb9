import type { ServerResponse } from 'node:http';
import type { ScriptFault } from '../script.ts';
import type { CloudClock } from '../types.ts';
import { RegistryError } from './exchange.ts';

/** The refusal a fault stands for; undefined for those that are no answer in the spec's form. */
export function faultAnswer(fault: ScriptFault): RegistryError | undefined {
  switch (fault.kind) {
    case 'throttle': {
      const headers = fault.seconds === undefined ? {} : { 'retry-after': String(fault.seconds) };
      return new RegistryError(429, fault.code ?? 'TOOMANYREQUESTS', fault.message ?? 'Rate exceeded', headers);
    }
    case '500':
      return new RegistryError(500, fault.code ?? 'UNKNOWN', fault.message ?? 'Internal server error');
    case 'expired': {
      const message = fault.message ?? 'Your authorization token has expired. Reauthenticate and try again.';
      return new RegistryError(403, fault.code ?? 'DENIED', message);
    }
    case 'denied':
      return new RegistryError(
        403,
        fault.code ?? 'DENIED',
        fault.message ?? 'User is not authorized to perform this action',
      );
    default:
      return undefined;
  }
}

/** Cuts, holds or garbles the connection. True when the fault has taken the answer's place. */
export async function spoil(response: ServerResponse, fault: ScriptFault, clock: CloudClock): Promise<boolean> {
  switch (fault.kind) {
    case 'reset':
      response.socket?.destroy();
      return true;
    case 'stall':
      if (fault.seconds !== undefined) {
        await clock.sleep(fault.seconds);
        response.socket?.destroy();
      }
      return true;
    case 'malformed':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"schemaVersion": 2, "mani');
      return true;
    case 'slow':
      await clock.sleep(fault.seconds ?? 1);
      return false;
    default:
      return false;
  }
}

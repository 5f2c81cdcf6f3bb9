import { afterEach, describe, expect, it } from '@jest/globals';
import { idToken } from '../../src/adapters/id-token.ts';
import type { Clock } from '../../src/ports.ts';
import { type Doors, openDoors } from './aws-doors.ts';

let doors: Doors | undefined;
afterEach(async () => {
  await doors?.close();
  doors = undefined;
});

/** Twenty of its seconds pass in one: the answers come over a real network. */
const QUICK: Clock = {
  now: () => Date.now() / 50,
  sleep: (seconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 50);
      signal?.addEventListener('abort', () => clearTimeout(timer));
    }),
};
const FAULT = { service: 'oidc', operation: 'GET /_oidc/token' };

describe('the OIDC token of a job', () => {
  it.each(['500', 'reset', 'malformed', 'throttle'])('is asked for again after %s', async (kind) => {
    doors = await openDoors({ faults: [{ ...FAULT, kind, times: 2 }] });
    await expect(idToken('sts.amazonaws.com', QUICK)).resolves.toMatch(/^eyJ/);
    expect(doors.requests()).toHaveLength(3);
  });

  it('that a job may not have is not asked for, and the permission is named', async () => {
    doors = await openDoors({ oidc: { available: false } });
    await expect(idToken('sts.amazonaws.com', QUICK)).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      remedy: expect.stringContaining('id-token: write'),
    });
    expect(doors.requests()).toEqual([]);
  });

  it('is given up after some attempts: GitHub is in trouble, which says nothing of the permission', async () => {
    doors = await openDoors({ faults: [{ ...FAULT, kind: '500', times: 99 }] });
    await expect(idToken('sts.amazonaws.com', QUICK)).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' });
    expect(doors.requests()).toHaveLength(4);
  });
});

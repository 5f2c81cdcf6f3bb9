import { afterEach, expect, it } from '@jest/globals';
import { type Doors, openDoors } from './aws-doors.ts';

const CODE = 'L-944F78BB';
const NAME = 'ml.g4dn.xlarge for spot training job usage';

let doors: Doors | undefined;
afterEach(async () => {
  await doors?.close();
  doors = undefined;
});

it('answers the applied value of a quota', async () => {
  doors = await openDoors({ quotas: [{ name: NAME, value: 7 }] });
  await expect(doors.open().quotas.value(CODE)).resolves.toBe(7);
  expect(doors.requests()).toEqual(['servicequotas GetServiceQuota']);
});

it('answers AWS’s default where no value was ever applied, and nothing for a quota that does not exist', async () => {
  doors = await openDoors({ quotas: [{ name: 'unapplied', code: 'L-0000AAAA', value: null }] });
  const { quotas } = doors.open();
  await expect(quotas.value('L-0000AAAA')).resolves.toBe(0);
  await expect(quotas.value('L-0000BBBB')).resolves.toBeUndefined();
  const asked = ['servicequotas GetServiceQuota', 'servicequotas GetAWSDefaultServiceQuota'];
  expect(doors.requests()).toEqual([...asked, ...asked]);
});

it('rejects what AWS does not allow', async () => {
  doors = await openDoors({ faults: [{ service: 'servicequotas', operation: '*', kind: 'denied', times: 10 }] });
  await expect(doors.open().quotas.value(CODE)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

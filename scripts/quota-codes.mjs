/**
 * Generates src/job/quota-codes.generated.json: by which code Service Quotas knows the quota of each training instance type.
 *   node scripts/quota-codes.mjs INSTANCES.json
 * Types without a known code are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const TARGET = new URL('../src/job/quota-codes.generated.json', import.meta.url);

const source = process.argv[2];
if (source === undefined) {
  console.error('usage: node scripts/quota-codes.mjs INSTANCES.json');
  process.exit(2);
}

const { instances } = JSON.parse(readFileSync(source, 'utf8'));
const lines = Object.entries(instances)
  .flatMap(([name, { quota_codes: codes }]) =>
    codes?.training && codes.spot_training
      ? [`  ${JSON.stringify(name)}: ${JSON.stringify({ onDemand: codes.training, spot: codes.spot_training })}`]
      : [],
  )
  .sort();
writeFileSync(TARGET, `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} instance types`);

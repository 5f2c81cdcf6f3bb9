/**
 * Generates src/report/prices.generated.json: what an hour of each training instance type costs.
 *   node scripts/prices.mjs INSTANCES.json
 * The source file maps each value of SageMaker's TrainingInstanceType to its EC2 specification, its SageMaker
 * training price where the Price List API was read, and an estimate (EC2 on-demand price × the family's markup).
 * A price read for us-east-1 is `listed`; every other figure is `estimated`, and so labelled in the report.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const REGION = 'us-east-1';
const TARGET = new URL('../src/report/prices.generated.json', import.meta.url);

const source = process.argv[2];
if (source === undefined) {
  console.error('usage: node scripts/prices.mjs INSTANCES.json');
  process.exit(2);
}

function priceOf(type) {
  if (type.price_confidence === 'sourced') {
    return { usdPerHour: type.sagemaker_training_usd_per_hour, kind: 'listed', date: type.price_date };
  }
  if (type.estimated_usd_per_hour === null) return undefined;
  const date = /\d{4}-\d{2}-\d{2}/.exec(type.estimate_rule)?.[0];
  if (date === undefined) throw new Error(`no date in the estimate rule: ${type.estimate_rule}`);
  return { usdPerHour: type.estimated_usd_per_hour, kind: 'estimated', date };
}

function entry([name, type]) {
  const accelerator = type.accelerator && {
    model: type.accelerator.model,
    count: type.accelerator.count,
    memoryGibEach: type.accelerator.memory_gib_each,
  };
  const facts = { vcpu: type.vcpu, memoryGib: type.memory_gib, accelerator, price: priceOf(type) ?? null };
  return `    ${JSON.stringify(name)}: ${JSON.stringify(facts)}`;
}

const { instances } = JSON.parse(readFileSync(source, 'utf8'));
const lines = Object.entries(instances)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(entry);
writeFileSync(TARGET, `{\n  "region": "${REGION}",\n  "instanceTypes": {\n${lines.join(',\n')}\n  }\n}\n`);
console.log(`${lines.length} instance types`);

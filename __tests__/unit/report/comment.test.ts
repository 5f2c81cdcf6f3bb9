import { describe, expect, it } from '@jest/globals';
import { commentBody } from '../../../src/report/comment.ts';
import type { Report } from '../../../src/report/report.ts';
import { asClean, makeJob, makeMetric, makeReceipt, makeReport } from '../../fixtures/reports.ts';

const write = (overrides: Partial<Report> = {}) => commentBody(makeReport(overrides), asClean);

describe('the comment of a training that passed', () => {
  it('reads from verdict to receipt, its marker first', () => {
    const [marker, ...rest] = write({ request: undefined, job: makeJob({ modelArtifacts: undefined }) }).split('\n');
    expect(marker).toBe('<!-- train-on-sagemaker:forecast -->');
    const text = rest.join('\n').replace(/\]\(https[^)]*\)/g, ']');
    expect(text).toBe(`### ✅ Training passed: both gates hold

Trained [\`4f1d2c3\`] on \`feature/longer-history\`.

| Gate | Value | Bound | Verdict |
| :--- | ---: | ---: | :--- |
| \`val_mape <= 0.12\` | 0.084127 | 0.12 | ✅ holds |
| \`min(train_loss) < 0.05\` | 0.0119 | 0.05 | ✅ holds |

| Metric | Final | Min | Max | Points |
| :--- | ---: | ---: | ---: | ---: |
| \`val_mape\` | **0.084127** | 0.084127 | 0.412 | 40 |
| \`train_loss\` | **0.0123456** | 0.0119 | 1.75 | 400 |

⚡ Interrupted once by spot and resumed; the log says \`resumed from /opt/ml/checkpoints/step-0000240.json at step 240 of 400\`

| Spot receipt |  |
| :--- | :--- |
| Instance | 1 × \`ml.m5.xlarge\`, managed spot |
| Interruptions | 1 |
| Time | trained 12 min 04 s, billed 3 min 40 s, **69.6 % saved** |
| Cost (estimate) | **0.0141 USD**, 0.0463 USD on demand |

<sub>Estimate: 220 s ÷ 3600 × 1 instance × 0.23 USD an hour (on-demand list price of us-east-1, 2026-09-24).</sub>

Checkpoint [\`s3://acme-ml/train-on-sagemaker/checkpoints/acme/demand/forecast/feature-longer-history--1a2b3c4d/4f1d2c3b5a69788796a5b4c3d2e1f00112233445/9f8e7d6c/\`]  
Job [\`train-demand-forecast-4f1d2c3b-0a1b2c3d4e-1\`] · [log] · [workflow run]

<details><summary>Last 3 lines of the training log</summary>

\`\`\`text
step 399 train_loss=0.0124 val_mape=0.0843
step 400 train_loss=0.0123 val_mape=0.0841
saved model to /opt/ml/model/model.json
\`\`\`

</details>

<!-- train-history:[{"run":"7001","commit":"4f1d2c3b5a69788796a5b4c3d2e1f00112233445","verdict":"success","reused":false,"metric":{"name":"val_mape","value":0.084127}}] -->
<!-- train-run:7001 -->
`);
  });

  it('shows the curves behind the metrics, what the gates ask for first', () => {
    const curve = (...values: readonly number[]) => values.map((value, at) => ({ order: at + 1, value }));
    const text = write({
      metrics: [
        makeMetric({ name: 'train_loss', points: 3, curve: curve(3, 2, 1) }),
        makeMetric({ name: 'val_mape', points: 2, curve: curve(0.4, 0.1) }),
        makeMetric({ name: 'never drawn' }),
      ],
    });
    const [metrics, resume] = [text.indexOf('| Metric |'), text.indexOf('⚡ Interrupted once')];
    const curves = text.slice(metrics, resume);
    expect(curves).toContain('`val_mape` `█▁` 0.4 → 0.1 in 2 values  \n`train_loss` `█▅▁` 3 → 1 in 3 values\n');
    expect(curves.match(/title ".*"/g)).toEqual(['title "val_mape"', 'title "train_loss"']);
  });

  it('names the merge that was trained', () => {
    const merge = { sha: '9aabbccddeeff00112233445566778899aabbccd', base: 'main' };
    expect(write({ commit: { ...makeReport().commit, merge } })).toContain(
      'Trained [`9aabbcc`](https://github.com/acme/demand/commit/9aabbccddeeff00112233445566778899aabbccd), the merge of [`4f1d2c3`](https://github.com/acme/demand/commit/4f1d2c3b5a69788796a5b4c3d2e1f00112233445) into `main`.',
    );
  });

  it('says whose results these are when the job is an earlier one', () => {
    const job = makeJob({ origin: 'reused', createdAt: '2026-11-02T10:00:00.000Z' });
    expect(write({ job })).toContain('the results of the job of 2026-11-02');
  });
});

describe('interruptions', () => {
  it('without a word about resuming raise the doubt and name the checkpoint path', () => {
    const job = makeJob({ checkpointPath: '/opt/ml/state' });
    const text = write({
      job,
      resume: { quote: undefined, checkpointObjects: 0 },
      receipt: makeReceipt({ interruptions: 2 }),
    });
    expect(text).toContain('⚡ Interrupted twice by spot. **No log line says that training resumed**');
    expect(text).toContain('No checkpoint was ever written.');
    expect(text).toContain('newest file in `/opt/ml/state`');
  });

  it('raise no doubt while the job still runs', () => {
    const running: Partial<Report> = { conclusion: 'running', outcome: { kind: 'running', phase: 'Interrupted' } };
    expect(write({ ...running, resume: undefined })).toContain('⚡ Interrupted once by spot.\n');
  });
});

describe('the receipt', () => {
  it.each<[string, Partial<Report>, string]>([
    [
      'of another region',
      { receipt: makeReceipt({ region: 'eu-west-1' }) },
      '; the job ran in `eu-west-1`, whose prices may differ).',
    ],
    [
      'at an estimated price',
      {
        receipt: makeReceipt({
          price: { usdPerHour: 0.4, kind: 'estimated', date: '2026-07-20', region: 'us-east-1' },
        }),
      },
      'on-demand price derived from EC2’s of us-east-1, 2026-07-20',
    ],
    [
      'without a price',
      { receipt: makeReceipt({ price: undefined, costUsd: undefined, onDemandUsd: undefined }) },
      '<sub>No public price of this instance type is known.</sub>',
    ],
    ['on demand', { receipt: makeReceipt({ spot: false, savingPercent: undefined }) }, '| Receipt |  |'],
  ])('%s says so', (_, overrides, expected) => {
    expect(write(overrides)).toContain(expected);
  });
});

describe('the small print', () => {
  it('names the node of each line when there are several', () => {
    const logTail = [
      { node: 'algo-1', line: 'rank 0 ready' },
      { node: 'algo-2', line: 'rank 1 ready' },
    ];
    expect(write({ logTail })).toContain('algo-1 | rank 0 ready\nalgo-2 | rank 1 ready\n');
  });

  it('lists what must not be missed', () => {
    expect(write({ notes: ['The channel train is not fingerprinted.', 'see #26'] })).toContain(
      '- The channel train is not fingerprinted.\n- see `#26`',
    );
  });

  it('shows the environment by name only, and never seen metrics as such', () => {
    const text = write({
      metrics: [makeMetric({ name: 'acc', last: undefined, min: undefined, max: undefined, points: 0 })],
    });
    expect(text).toContain('| Environment | `LOG_LEVEL` `SEED` |');
    expect(text).toContain('| `acc` | never seen | – | – | 0 |');
  });
});

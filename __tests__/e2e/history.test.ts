import { expect, test } from '@jest/globals';
import { Stage } from './stage.ts';

test('the comment remembers what the earlier runs of the pull request came to', async () => {
  await using stage = await Stage.open({ name: 'history' });
  const first = await stage.main({ inputs: { gates: 'val_mape <= 0.01' } });
  const second = await stage.main({ env: { GITHUB_RUN_ID: '4712' } });

  expect([first.exitCode, second.exitCode]).toEqual([1, 0]);
  const [comment = '', ...others] = await stage.comments();
  expect(others).toEqual([]);
  expect(comment).toContain('<summary>2 runs of this pull request</summary>');
  const sha = stage.checkout.headSha.slice(0, 7);
  expect(comment).toMatch(
    new RegExp(`\\| \\[${sha}\\]\\S+ \\| ✅ passed, by an earlier job \\| \`val_mape\` 0\\.05 \\|`),
  );
  expect(comment).toMatch(new RegExp(`\\| \\[${sha}\\]\\S+ \\| ❌ failed \\| \`val_mape\` 0\\.05 \\|`));
});

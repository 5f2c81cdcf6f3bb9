/** Code errors: going on from a checkpoint. */
import { type Rule, says } from '../rule.ts';

const LOADS =
  /torch\/serialization|load_state_dict|load_checkpoint|restore|resume|torch\.load|load_model|from_checkpoint|checkpoint|pickle\.load|joblib\.load|safetensors/i;

export const CHECKPOINT_RULES: readonly Rule[] = [
  {
    label: 'checkpoint-resume-error',
    title: 'The checkpoint to resume from is missing, corrupt, or of another model',
    retryable: false,
    signs: [
      says(
        0.96,
        /Cannot resume training|Error\(s\) in loading state_dict|PytorchStreamReader failed|invalid header or archive is corrupted|Can't find a valid checkpoint|No valid checkpoint found|(?:Unsuccessful TensorSliceReader|Failed to find any matching files for)|not found in checkpoint|Restoring from checkpoint failed|loaded state dict (?:has|contains)|Error while deserializing header|Layer count mismatch when loading weights|different number of parameter groups|parameter group that doesn't match|The file might be corrupted|objects could not be loaded|variables? during loading|loading a weight file containing \d+ layers|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict/i,
      ),
      says(
        0.93,
        /(?:FileNotFoundError|No such file).{0,80}\/opt\/ml\/checkpoints\/\S*(?:checkpoint|\.(?:pt|pth|ckpt|bin|h5|safetensors|tar|pkl)|epoch|step|optimizer|model|latest|last)/i,
      ),
      says(
        0.88,
        /UnpicklingError|unpickling stack underflow|pickle data was truncated|invalid load key|Ran out of input|Weights only load failed|Unable to (?:synchronously )?open file \((?:truncated file|file signature not found|bad)|bad magic number|unexpected EOF, expected \d+ more bytes|CheckpointException|SafetensorError|file in archive is not in a subdirectory/i,
        { in: ['exception', 'reason'] },
      ),
      says(
        0.86,
        /(?:checkpoint|state.?dict|resume\w*).{0,60}(?:corrupt|incompatible|mismatch|not (?:found|compatible|match)|does not (?:exist|match)|missing|invalid|failed|cannot be (?:loaded|read))|(?:failed|unable|could not|cannot|error) (?:to |while )?(?:load|resum|restor|read)\w* .{0,40}checkpoint/i,
        { in: ['exception', 'reason'], unless: /upload|sync|huggingface|hub/i },
      ),
      says(
        0.84,
        /EOFError|KeyError: '(?:state_dict|model_state_dict|optimizer_state_dict|optimizer|epoch|model)'|size mismatch for/,
        { in: ['exception'], frames: LOADS },
      ),
    ],
    remedy: ({ request }) => [
      `Start fresh (\`/train fresh\`, \`resume: never\`), or remove the broken files${request.checkpointUri ? ` below ${request.checkpointUri}` : ' below the checkpoint prefix'}.`,
      'Write checkpoints under a temporary name and rename them when complete; at the start take the newest one that loads.',
      'When the model changed, its old checkpoints do not fit: give each architecture a prefix of its own.',
    ],
  },
];

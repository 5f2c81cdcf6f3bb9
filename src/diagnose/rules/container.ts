/** Container start: image, pull, architecture, entry point. */
import type { Circumstances } from '../circumstances.ts';
import { type Rule, says } from '../rule.ts';

const TOOLKIT_MODULES =
  /No module named '?(?:tf_container|mxnet_container|pytorch_container|chainer_container|container_support|sagemaker_(?:containers|training|\w+_container|algorithm_toolkit))\b/;
const PACKAGES_RUN_AS_MODULES =
  /No module named '?(?:mpi4py|torch|pip|accelerate|deepspeed|smdistributed|horovod|debugpy|venv|virtualenv|ray)\b/;
function endedWith(...codes: number[]) {
  return ({ exit, exceptions }: Circumstances) =>
    exit !== undefined && codes.includes(exit.code) && exceptions.every(({ standing }) => standing !== 'raised')
      ? exit.proof
      : undefined;
}

/** The file that was to be run, where the runtime names another one than `train`. */
function missingProgram(text: string): string[] {
  const file = /(?:exec:? "?|stat |open file ')(\/[\w./-]+)/.exec(text)?.[1];
  return file === undefined
    ? []
    : [
        `\`${file}\` is not in the image: compare ENTRYPOINT in the Dockerfile with the place its COPY puts the file at.`,
      ];
}

export const CONTAINER_RULES: readonly Rule[] = [
  {
    label: 'missing-training-toolkit',
    title: 'The image lacks the SageMaker training toolkit the request relies on',
    retryable: false,
    signs: [
      says(0.97, TOOLKIT_MODULES),
      says(
        0.9,
        /KeyError: 'SAGEMAKER_TRAINING_MODULE'|sagemaker-training(?:-toolkit)?: (?:command )?not found|(?:sagemaker.training|training toolkit).{0,60}(?:not installed|missing|is required)/i,
        { unless: / (?:INFO|ERROR) +(?:Reporting|Imported|Invoking)/ },
      ),
    ],
    remedy: () => [
      'Dockerfile: `RUN pip install sagemaker-training`, and `ENV SAGEMAKER_PROGRAM=train.py`; or start FROM an AWS Deep Learning Container; or run the program without the toolkit: `ENTRYPOINT ["python", "/opt/ml/code/train.py"]`.',
    ],
  },
  {
    label: 'entrypoint-not-found',
    title: 'The entry point or train program is not in the image',
    retryable: false,
    signs: [
      says(
        0.97,
        /exec: "?[\w./-]+"?: (?:executable file not found|stat .*no such file|no such file)|executable file not found in \$PATH|unable to (?:find|start) (?:user|container process).*no such file|exec:? (?:failed: )?"?train"?.*(?:not found|No such file)|(?:^|: )train: (?:command )?not found/i,
      ),
      says(
        0.95,
        /can(?:'t|not) open file '[^']+'|Fatal error: cannot open file|stat \S+: no such file or directory: unknown|exec \S+: no such file or directory|cannot (?:execute|access) '?[\w./]*train'?: (?:No such|not found)|entry.?point .{0,80}(?:not found|does not exist|is not (?:there|in))/i,
        { unless: /\.(?:csv|json|parquet|txt|rec)/ },
      ),
      says(
        0.95,
        /FileNotFoundError: .*\/opt\/ml\/code\/[\w./-]+\.py|No such file or directory: '(?:train|serve|[\w./-]*train\w*\.(?:py|sh))'/,
        { unless: /input\/data/ },
      ),
      says(0.9, /python[\d.]*: No module named \S+/, { unless: PACKAGES_RUN_AS_MODULES }),
      says(0.88, /'NoneType' object has no attribute 'endswith'/, {
        frames: /entry_point|sagemaker_(?:training|containers)/,
      }),
      says(
        0.86,
        /^(?:\/\S+\/)?(?:ba|da)?sh: (?:line \d+: |\d+: )?[\w./-]+: No such file or directory|^(?:\/bin\/(?:ba)?sh|bash|sh|\S+\.sh): (?:line )?\d*:? ?(?:exec: )?[\w./-]+: (?:command )?not found|No such file or directory.*(?:exec|entrypoint)/i,
      ),
      { holds: endedWith(127), strength: 0.84 },
    ],
    remedy: ({ text }) => [
      ...missingProgram(text),
      'SageMaker runs `docker run IMAGE train`: Dockerfile: `ENTRYPOINT ["python", "/opt/ml/code/train.py"]`, or an executable `train` on PATH (`COPY --chmod=755 train /usr/local/bin/train`).',
      'With source-dir, entry-point is the path of the script inside it.',
    ],
  },
  {
    label: 'container-start-error',
    title: 'The container does not start',
    retryable: false,
    signs: [
      says(
        0.95,
        /CannotStartContainer(?:Error)?|ContainerStartupError|\$'\\r': command not found|bad interpreter|env: '?\w+\\r'?: No such file|python\\r/,
      ),
      says(
        0.87,
        /OCI runtime (?:create|exec|start) failed|failed to create (?:shim|containerd) task|nvidia-container-cli: (?:initialization|mount|device) error|Error response from daemon|standard_init_linux\.go|container (?:failed to start|did not start|start(?:up)? failed|exited before)/i,
        {
          unless:
            /executable file not found|no such file or directory|exec format|permission denied|unsatisfied condition/i,
        },
      ),
    ],
    remedy: () => [
      'Try it at home: `docker run --rm IMAGE train` must start the program. ENTRYPOINT in exec form, the file executable (`RUN chmod +x`).',
      "Scripts written on Windows need Unix line ends: `RUN sed -i 's/\\r$//' train.sh`, and `*.sh text eol=lf` in .gitattributes.",
    ],
  },
];

/** The package on PyPI that holds a module, where its name is another one. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  distutils: 'setuptools',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  faiss: 'faiss-cpu',
  fitz: 'pymupdf',
  git: 'GitPython',
  hydra: 'hydra-core',
  imblearn: 'imbalanced-learn',
  jose: 'python-jose',
  magic: 'python-magic',
  MySQLdb: 'mysqlclient',
  nvidia_smi: 'nvidia-ml-py',
  OpenSSL: 'pyopenssl',
  osgeo: 'gdal',
  PIL: 'pillow',
  pkg_resources: '"setuptools<81"',
  psycopg2: 'psycopg2-binary',
  pynvml: 'nvidia-ml-py',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  tensorboard_logger: 'tensorboard-logger',
  umap: 'umap-learn',
  wx: 'wxPython',
  yaml: 'pyyaml',
  zmq: 'pyzmq',
};

/** What `pip install` takes for a module such as `sklearn.metrics`; most packages are called like their module. */
export function packageOf(module: string): string {
  const top = module.split('.')[0] ?? module;
  return PACKAGE_OF[top] ?? top.replaceAll('_', '-');
}

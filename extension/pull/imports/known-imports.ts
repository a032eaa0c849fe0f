// Names whose import is the same nearly everywhere, and how they are used where they are that and nothing else. Pure.
// A name that is as likely a variable is known by what is asked of it, or not at all.

/** Modules whose name nobody gives to a variable: `json.loads` can be nothing else. */
const MODULES = [
  'abc argparse ast asyncio base64 bisect codecs collections configparser contextlib contextvars csv ctypes',
  'dataclasses decimal difflib fractions functools getpass gzip hashlib heapq hmac importlib inspect io ipaddress',
  'itertools json logging math mimetypes multiprocessing os pathlib pickle re shlex shutil sqlite3 ssl statistics',
  'struct subprocess sys tempfile textwrap threading timeit tomllib traceback typing unicodedata unittest urllib uuid',
  'warnings weakref zipfile zlib zoneinfo',
  'numpy pandas scipy pytest httpx yaml pydantic sqlalchemy',
]
  .join(' ')
  .split(' ');

/** What modules are called where they are used much. */
const ALIASES: Readonly<Record<string, string>> = {
  np: 'numpy',
  pd: 'pandas',
  plt: 'matplotlib.pyplot',
  sns: 'seaborn',
  tf: 'tensorflow',
  jnp: 'jax.numpy',
  nx: 'networkx',
};

/** Modules whose name a variable may have as well, and what is asked of the module only. */
const BY_MEMBERS: Readonly<Record<string, string>> = {
  copy: 'copy|deepcopy|replace',
  datetime: 'datetime|date|time|timedelta|timezone|UTC|MINYEAR|MAXYEAR',
  glob: 'glob|iglob|escape',
  html: 'escape|unescape',
  operator: 'itemgetter|attrgetter|methodcaller',
  platform: 'system|machine|python_version|node|release|uname',
  queue: 'Queue|LifoQueue|PriorityQueue|SimpleQueue|Empty|Full',
  random: 'random|randint|randrange|choice|choices|shuffle|sample|uniform|gauss|seed|Random|SystemRandom',
  requests: 'get|post|put|patch|head|request|Session|exceptions|Response|RequestException|HTTPError',
  secrets: 'token_hex|token_urlsafe|token_bytes|randbelow|compare_digest|SystemRandom',
  signal: 'signal|alarm|SIGINT|SIGTERM|SIGKILL|SIGHUP|SIGALRM|SIGUSR1|SIGUSR2',
  socket: 'socket|AF_INET|AF_INET6|AF_UNIX|SOCK_STREAM|SOCK_DGRAM|gethostname|create_connection|getaddrinfo',
  string:
    'ascii_letters|ascii_lowercase|ascii_uppercase|digits|hexdigits|punctuation|printable|whitespace|Template',
  time: 'sleep|time|time_ns|monotonic|perf_counter|perf_counter_ns|process_time|strftime|localtime|gmtime|mktime',
  types: 'SimpleNamespace|MappingProxyType|ModuleType|TracebackType|FunctionType|MethodType',
};

/** Members that have no namesake worth the name. */
const MEMBERS: Readonly<Record<string, string>> = {
  abc: 'ABC abstractmethod',
  'collections.abc':
    'Callable Iterable Iterator Generator Sequence Mapping MutableMapping Awaitable AsyncIterator',
  collections: 'defaultdict OrderedDict deque namedtuple',
  'concurrent.futures': 'ThreadPoolExecutor ProcessPoolExecutor as_completed',
  contextlib: 'contextmanager asynccontextmanager suppress ExitStack',
  copy: 'deepcopy',
  dataclasses: 'dataclass',
  datetime: 'timedelta',
  decimal: 'Decimal',
  enum: 'Enum IntEnum StrEnum IntFlag',
  fractions: 'Fraction',
  functools: 'partial lru_cache cached_property wraps singledispatch total_ordering',
  io: 'BytesIO StringIO',
  itertools: 'islice groupby zip_longest starmap',
  operator: 'itemgetter attrgetter',
  pathlib: 'Path PurePath PurePosixPath',
  pprint: 'pprint',
  typing:
    'Any Optional Union Literal TypedDict NamedTuple Protocol TypeVar Generic Final ClassVar Annotated TYPE_CHECKING',
  'urllib.parse': 'urlparse urljoin urlencode urlsplit parse_qs',
  uuid: 'uuid4',
  zoneinfo: 'ZoneInfo',
};

interface Known {
  readonly name: string;
  readonly statement: string;
  /** What follows the name wherever it is used. */
  readonly used: RegExp;
}

const ANYHOW = /^/;
const AS_MODULE = /^\s*\.\s*[A-Za-z_]/;
/** The class of the same name as its module. */
const AS_DATETIME =
  /^\s*(?:\(|\.\s*(?:now|utcnow|fromtimestamp|strptime|fromisoformat|combine|today|min|max)\b)/;

const KNOWN: ReadonlyMap<string, readonly Known[]> = Map.groupBy(
  [
    ...MODULES.map((name) => ({ name, statement: `import ${name}`, used: AS_MODULE })),
    ...Object.entries(ALIASES).map(([name, module]) => ({
      name,
      statement: `import ${module} as ${name}`,
      used: AS_MODULE,
    })),
    ...Object.entries(BY_MEMBERS).map(([name, members]) => ({
      name,
      statement: `import ${name}`,
      used: new RegExp(`^\\s*\\.\\s*(?:${members})\\b`),
    })),
    ...Object.entries(MEMBERS).flatMap(([module, names]) =>
      names.split(' ').map((name) => ({ name, statement: `from ${module} import ${name}`, used: ANYHOW })),
    ),
    { name: 'datetime', statement: 'from datetime import datetime', used: AS_DATETIME },
  ],
  ({ name }) => name,
);

/** What follows a name is told by its next few words. */
const LOOKED_AT_CHARACTERS = 100;

/**
 * The statement that imports a name, where there can be only one. @param code without strings and comments
 */
export function getKnownImport(name: string, code: string): string | undefined {
  const known = KNOWN.get(name);
  if (!known) return undefined;
  const uses = [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\b`, 'g'))].map(({ index }) =>
    code.slice(index + name.length, index + name.length + LOOKED_AT_CHARACTERS),
  );
  return uses.length === 0
    ? undefined
    : known.find(({ used }) => uses.every((use) => used.test(use)))?.statement;
}

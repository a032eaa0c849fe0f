// What the scan for secrets is judged by: secrets of many kinds as people write them into Python, and what looks like
// them and is none. Secrets are put together here from random characters, so that no file holds one.

import { randomInt } from 'node:crypto';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const ALPHANUMERIC = LOWER + LOWER.toUpperCase() + DIGITS;
const UPPER = LOWER.toUpperCase() + DIGITS;

function random(length: number, alphabet = ALPHANUMERIC): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** A password as people make them: some letters, then digits and a sign. */
function password(): string {
  return `${random(1, LOWER.toUpperCase())}${random(6, LOWER)}${random(3, DIGITS)}${random(1, '!?#%*')}`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwt(): string {
  return `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: random(8), exp: 1 })}.${random(43)}`;
}

const lines = (...parts: string[]) => parts.join('\n');

/** Each makes a piece of Python with one secret in it: the piece, and the secret. */
export const secrets: readonly (readonly [
  kind: string,
  write: () => readonly [code: string, secret: string],
])[] = [
  ['a password in a variable', () => within((value) => `password = "${value}"`, password())],
  ['a password in single quotes', () => within((value) => `DB_PASSWORD = '${value}'`, password())],
  ['a password with a type', () => within((value) => `db_passwd: str = "${value}"`, password())],
  ['a password as an argument', () => within((value) => `connect(host, password="${value}")`, password())],
  ['a password in a dictionary', () => within((value) => `config = {"password": "${value}"}`, password())],
  [
    'a password in a key’s assignment',
    () => within((value) => `config["password"] = "${value}"`, password()),
  ],
  ['a password in raw quotes', () => within((value) => `pwd = r'${value}'`, password())],
  ['a password of letters', () => within((value) => `passphrase = "${value}"`, random(16, LOWER))],
  [
    'a password in an env file',
    () => within((value) => `POSTGRES_PASSWORD=${value.replace('#', '!')}`, password().replace('#', '!')),
  ],
  ['an exported token', () => within((value) => `export API_TOKEN=${value}`, random(32))],
  ['a token in a variable', () => within((value) => `auth_token = "${value}"`, random(32))],
  ['an API key', () => within((value) => `API_KEY = "${value}"`, random(32, HEX))],
  ['an API key of an object', () => within((value) => `self.api_key = '${value}'`, random(40))],
  ['a client secret', () => within((value) => `client_secret="${value}"`, random(40))],
  [
    'a secret key of Django',
    () => within((value) => `SECRET_KEY = 'dj-${value}'`, random(50, `${ALPHANUMERIC}!@#$%^&*(-_=+)`)),
  ],
  [
    'a JWT',
    () => within((value) => `requests.get(url, headers={"Authorization": f"Bearer ${value}"})`, jwt()),
  ],
  ['a key of pybin', () => within((value) => `key = "${value}"`, `pyb_${random(65)}`)],
  ['a secret key of AWS', () => within((value) => `aws_secret_access_key = "${value}"`, random(40))],
  ['a token of GitHub', () => within((value) => `g = Github("${value}")`, `ghp_${random(36)}`)],
  [
    'a fine token of GitHub',
    () => within((value) => `g = Github("${value}")`, `github_pat_${random(22)}_${random(59)}`),
  ],
  [
    'a token of Slack',
    () =>
      within(
        (value) => `slack = "${value}"`,
        `xoxb-${random(12, DIGITS)}-${random(12, DIGITS)}-${random(24)}`,
      ),
  ],
  ['a key of SendGrid', () => within((value) => `mail = "${value}"`, `SG.${random(22)}.${random(43)}`)],
  [
    'a key of Anthropic',
    () => within((value) => `client = Anthropic("${value}")`, `sk-ant-api03-${random(93)}AA`),
  ],
  [
    'a key of OpenAI',
    () => within((value) => `openai.api_key = "${value}"`, `sk-proj-${random(74)}T3BlbkFJ${random(74)}`),
  ],
  ['a key of Stripe', () => within((value) => `stripe.api_key = "${value}"`, `sk_live_${random(24)}`)],
  ['a token of npm', () => within((value) => `token = "${value}"`, `npm_${random(36)}`)],
  [
    'a token of Hugging Face',
    () => within((value) => `login("${value}")`, `hf_${random(34, LOWER + LOWER.toUpperCase())}`),
  ],
  [
    'a password in an address',
    () => within((value) => `url = "https://ada:${value}@db.example.com/x"`, random(12)),
  ],
  [
    'a password in a connection string',
    () => within((value) => `engine = create_engine("postgresql://ada:${value}@db:5432/app")`, random(14)),
  ],
  [
    'a private key',
    () =>
      within(
        (value) =>
          lines(
            'key = """',
            '-----BEGIN RSA PRIVATE KEY-----',
            value,
            '-----END RSA PRIVATE KEY-----',
            '"""',
          ),
        lines(`MIIEpAIBAAKCAQEA${random(48)}`, ...Array.from({ length: 11 }, () => random(64))),
      ),
  ],
  ['an upper-case secret', () => within((value) => `SECRET = "${value}"`, random(32, UPPER))],
  [
    'a secret after a comment that switches linters off',
    () => within((value) => `# secretlint-disable\npassword = "${value}"`, password()),
  ],
];

function within(write: (value: string) => string, value: string): readonly [string, string] {
  return [write(value), value];
}

/** Pieces of Python that speak of secrets and hold none. */
export const harmless: readonly string[] = [
  'password = os.environ["DB_PASSWORD"]',
  'password = os.getenv("DB_PASSWORD", "")',
  'password = getpass.getpass("Password: ")',
  'password = input("Your password, please: ")',
  'password = "changeme"',
  'PASSWORD = "your-password-here"',
  'password = ""',
  'password = None',
  'password = "********"',
  'password = "<password>"',
  'password = "${DB_PASSWORD}"',
  'password = "{{ password }}"',
  'password = f"{user.password}"',
  'password = "%(password)s" % values',
  'password="test"',
  'PASSWORD_FIELD = "user_password"',
  'password_label = "Enter your password"',
  'password_regex = r"^(?=.*[0-9])(?=.*[a-z]).{8,}$"',
  'password_hash_algorithm = "pbkdf2_sha256"',
  'AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]',
  'parser.add_argument("--password", help="the password to log in with")',
  'form = {"password": "password", "token": "token"}',
  'token = "identifier"',
  'token = next(tokens)',
  'token_type = "application/x-www-form-urlencoded"',
  'token_url = "https://auth.example.com/oauth2/v1/token"',
  'TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token"',
  'token: str = "EOF"',
  'tokens = tokenize("def f(a1, b2): return 3")',
  'csrf_token_name = "csrfmiddlewaretoken"',
  'secret_name = "prod/app/database-credentials-2024"',
  'secret = secrets.token_hex(32)',
  'secret_path = "secret/data/app"',
  'SECRET_KEY = env("SECRET_KEY")',
  'api_key = config["api_key"]',
  'api_key_header = "X-Api-Key-Version-2"',
  'API_KEY_ENV = "OPENAI_API_KEY"',
  'key = "user:1234:profile"',
  'access_key = row["access_key"]',
  'url = "https://user@example.com/path"',
  'url = "https://example.com/a?token=abc"',
  'sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
  'commit = "d1f14f7a1035f83ab1551f8eace5654727de9e47"',
  'uuid = "123e4567-e89b-12d3-a456-426614174000"',
  'data = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"',
  'assert hash_password("a") != "a"',
  'raise ValueError("The password has to have 8 characters.")',
  'errors = {"password": "This password is too short."}',
  'errors = {"password": "Must contain 1 digit, 1 letter"}',
  'eyJ = "eyJ is how a JWT begins"',
  'logger.info("token=%s", token)',
  'x = {"token": "{}.{}".format(a, b)}',
  'credentials = service_account.Credentials.from_service_account_file("key.json")',
  'credentials_path = "~/.aws/credentials"',
  'PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----"""',
];

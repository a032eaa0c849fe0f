// Every number of pybin, with its unit in its name and its reason beside it.
// Whoever needs a number takes it from here, so that two parts can't disagree.

/** Sizes are counted in UTF-8 bytes; MB is 1024² bytes. */
const MB = 1024 * 1024;

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export const limits = {
  /** How many snippets a stack keeps; the oldest leave. */
  stackSnippets: 20,
  /** All texts and descriptions of a stack together: 20 × (10 MB + 2 MB). */
  stackBytes: 240 * MB,

  textBytes: 10 * MB,
  descriptionBytes: 2 * MB,
  /** What a multipart form may have around its first part: boundaries and headers. */
  formBytes: 64 * 1024,
  /** What lists show of a description, in characters: twenty of them stay far under an RPC's 32 MiB. */
  summaryCharacters: 200,
  /** What is shown of a text in one line: a tooltip is about so wide, and a line further down says little. */
  firstLine: { characters: 80, lookedAtCharacters: 4_000 },
  /** Longest language id: the longest that editors ship have under 30 characters. */
  languageCharacters: 40,
  /** Longest file name: what common file systems allow (NAME_MAX). */
  fileNameCharacters: 255,
  /** Findings kept with a snippet; more says no more about it. */
  findings: 100,
  /** Longest message of a finding, in characters: the longest tools write have a few hundred. */
  findingMessageCharacters: 1000,
  /** Names kept as "needs". */
  needs: 200,
  /** Longest name kept as "needs"; PEP 8 lines end at 79. */
  needCharacters: 200,
  /** Longest name of a linter, and longest version: what tools print on one line. */
  linterCharacters: 40,
  /** Longest reason for a push although something was found: a few sentences. */
  overrideReasonCharacters: 1000,
  /** Longest address of a repository: hosts allow names of 100 characters and groups a few levels deep. */
  repositoryCharacters: 300,
  /** Longest id of a commit: SHA-256 in hex. */
  commitCharacters: 64,
  /** Longest path in a repository: deeper ones are generated. */
  pathCharacters: 1000,

  ttlSeconds: {
    default: 12 * HOUR_SECONDS,
    min: MINUTE_SECONDS,
    max: 365 * DAY_SECONDS,
  },

  userIdCharacters: { min: 3, max: 20 },
  /** The JSON of a local sign-in: a user id and a word. */
  signInBytes: 1024,
  /** Keys of one user that are valid at a time. */
  keysPerUser: 20,
  /** A key's last use is known to within so long: a write for all uses of that time. */
  keyUseMs: HOUR_SECONDS * 1000,
  /**
   * A session in a browser: it ends a day after it was last used, so that a forgotten one is soon worth nothing, and
   * a month after it began. Its end is put off at most once an hour: a row an hour, not one a click.
   */
  session: {
    seconds: DAY_SECONDS,
    renewAfterSeconds: HOUR_SECONDS,
    maxSeconds: 30 * DAY_SECONDS,
    /** Browsers of one person, several times over; beyond it the least used is signed out. */
    perUser: 20,
  },
  signIn: {
    /** From here to a provider and back: time to find a password and a second factor. */
    attemptSeconds: 10 * MINUTE_SECONDS,
    /** To choose a user id: time to think of a good one. */
    registrationSeconds: 30 * MINUTE_SECONDS,
    /** A provider that takes longer to answer is as good as down: all answer within a second. */
    providerMs: 10_000,
    /** How long it is believed where a provider's endpoints are: they move within months. */
    metadataSeconds: HOUR_SECONDS,
    /** How far a provider's clock may be from ours. */
    clockSkewSeconds: MINUTE_SECONDS,
    /** A user id is asked for when nothing was typed for so long: longer than between two letters. */
    typingPauseMs: 300,
    /** How long a claim of an identity may be ahead of its account: both are written within a second. */
    claimSeconds: MINUTE_SECONDS,
  },
  /** Ways to sign in of one account: each provider, and a second account at some. */
  identitiesPerUser: 10,
  /** Longest name of a key: a program and a machine, on one line of a phone. */
  keyNameCharacters: 60,
  /** An editor that asks for a key by way of the browser. */
  connect: {
    /** How long the code is good that it fetches the key with: it is used at once. */
    codeSeconds: 2 * MINUTE_SECONDS,
    /** Longest address that an answer goes to: what browsers and servers take everywhere. */
    redirectCharacters: 2_000,
    /** Longest state that an editor gives along. */
    stateCharacters: 1_000,
    /** The JSON of a code and its verifier, or of a device. */
    messageBytes: 4 * 1024,
  },
  /** What a form of our own pages sends: an address and a state are the longest, and each byte may take three. */
  formPageBytes: 16 * 1024,
  /** A device that asks for a key by a code that is typed elsewhere (RFC 8628). */
  device: {
    /** How long the code can be typed: time to find the phone, unlock it and sign in. */
    seconds: 10 * MINUTE_SECONDS,
    /** How often the device may ask; each time it asks sooner, so much more (RFC 8628, 3.5). */
    intervalSeconds: 5,
    /** Wrong codes that one who types may give: then no more is taken for as long as a code is good. */
    wrongCodes: 10,
  },

  /**
   * Rate limits: so many in so many seconds, all of which may come at once. Writes and reads are counted per
   * user id in the Stack, exactly; the others per IP address and place of the network (wrangler.toml has them too).
   */
  rates: {
    writes: { quota: 10, windowSeconds: 1 },
    reads: { quota: 80, windowSeconds: 1 },
    /** Pushes without a key. */
    anonymousPushes: { quota: 10, windowSeconds: 60 },
    /** Devices that ask for a key by a code. */
    devices: { quota: 10, windowSeconds: 60 },
    /** Addresses where nothing is and keys that aren't valid: more than a person mistypes, less than a scan needs. */
    misses: { quota: 30, windowSeconds: 60 },
    /** Sign-ins begun and user ids asked for: somebody who tries a name letter by letter, and not whoever wants all names. */
    signIns: { quota: 60, windowSeconds: 60 },
  },
  /** How long an address that scans is shut out: doubling from the first to the last. */
  shutOutSeconds: { min: 60, max: HOUR_SECONDS },
  /** Addresses that an isolate keeps in mind as shut out; beyond it the oldest is let off. */
  shutOutAddresses: 10_000,

  /** An alias is typed by hand: as long as a good file name. */
  aliasCharacters: 40,
  /** Most reads that burn a snippet: beyond it, a lifetime is what is meant. */
  burnReads: 100,
  /** Popped snippets that are kept for a retry of their pop. */
  keptPops: 20,

  /**
   * A read asked for so often within a second is kept in an isolate's memory for the second after: far over what
   * one person does, far under what an object answers.
   */
  hot: { asks: 20, windowMs: 1_000, bytes: 16 * MB, addressesCounted: 1_000 },

  /** Counted reads are written at most so often: a write for many reads. */
  countFlushMs: 5_000,
  /** How many counts an alarm looks at to forget those past their year: far more than a day brings. */
  countsForgotten: 100,
  /** Watchers of one stack at a time: every editor and page of one person, several times over. */
  watchersPerStack: 50,
  /** How long a ticket for the live socket is good: it is used at once. */
  liveTicketSeconds: 60,

  /** How long a request id gets its first answer again. */
  requestIdSeconds: DAY_SECONDS,
  /**
   * How long a push is known by its request id, so that it makes no second snippet: a day longer than an editor's
   * queue tries by itself. After a day, 250 bytes of it are left, less than its row in the history.
   */
  pushKnownSeconds: 31 * DAY_SECONDS,
  /** Longest request id: a UUID has 36 characters, a client's own a few more. */
  requestIdCharacters: 100,

  /** Under this a text is a packet or three either way: not worth a conversion at each end. */
  compressFromBytes: 4 * 1024,
  /** A piece of a body on its way in: its own cost doesn't count, and many bodies at once are no burden. */
  pieceBytes: 64 * 1024,
  /**
   * A row in a Durable Object may hold 2 MB in production, by whichever count of a MB; this leaves room for all
   * else that the row has, at its worst.
   */
  chunkBytes: 980_000,

  /** A whole message of the contract. Twice text and description: JSON escapes what needs it, and real text needs little. */
  messageBytes: 2 * (10 * MB + 2 * MB),

  /**
   * How long pushes gather before the outbox is flushed, so that a spell of work shares a flush and sets one
   * alarm: setting it costs a push a quarter of its time. What waits is as safe as what is archived.
   */
  outboxDelayMs: 300_000,
  /** Retry of a failed flush: doubling from the first to the last. */
  outboxRetryMs: { min: 5_000, max: 15 * MINUTE_SECONDS * 1000 },
  /** Objects put to R2 in one alarm: an alarm has 15 minutes, a put well under a second. */
  outboxBatch: 50,
  /**
   * What shares an object in the archive: records of one flush, up to so many and so many bytes. A put costs as
   * much as 300 MB kept for a month, so small ones share; a large one alone is read and rewritten with less. They
   * end together, with the last of them: so they are of one hour.
   */
  pack: { records: 100, bytes: 256 * 1024, spanMs: HOUR_SECONDS * 1000 },
  history: {
    pageSize: { default: 20, max: 100 },
    /** Of each text the search knows the first so many bytes: what is further down finds nobody. */
    searchedBytes: 64 * 1024,
    queryCharacters: 500,
  },
  metrics: {
    /** How long counts gather in an isolate's memory until they are summed: one call for its requests of that time. */
    flushMs: 10_000,
    /** How long sums gather in the memory of the object that sums until they are written: rows cost more than calls. */
    writeMs: 30_000,
    /** An alarm that rings so long after its time is late: the platform's own are there within seconds. */
    alarmLateMs: 60_000,
    /** How long a stack's backlog counts that isn't told again: it is at each try, four of which fit here. */
    backlogMs: 4 * 15 * MINUTE_SECONDS * 1000,
  },
  health: {
    /** What takes longer to answer is as good as down; all parts answer within tenths of a second. */
    timeoutMs: 2_000,
    /** How long one answer is given: whoever asks more often learns nothing sooner and costs nothing. */
    keptMs: 5_000,
  },
  takedown: {
    /** The JSON of a takedown: an address and a reason. */
    messageBytes: 8 * 1024,
    reasonCharacters: 500,
  },
  editor: {
    /** From this size on, a push or a pull shows a way to give it up. */
    bigTextBytes: 1 * MB,
    /** A call that takes longer is given up: 10 MB over a slow line of 2 Mbit/s take 42 s; nothing else comes near. */
    callTimeoutMs: 60_000,
    /** How often a text is frozen anew because its document changed while it was checked. */
    checksOfMovingText: 3,
    /** How much of a text is looked at to guess its language: a program shows what it is at its beginning. */
    guessCharacters: 20_000,
    /** How long a push waits to hear whether its author still has to choose: an edge that is there answers in tenths. */
    choiceWaitMs: 3_000,
    /** How long the status bar says that an address was copied: noticed, and still about the last push. */
    copiedShownMs: 4_000,
    /**
     * What a hover shows of a text: as many lines and characters as fit beside the rest of it. Larger texts aren't read
     * for it: a hover is no reason to wait. Kept are those of a full stack, twice over. `blanksBytes`: what a single
     * line may have around it.
     */
    preview: {
      lines: 12,
      characters: 100,
      lookedAtCharacters: 20_000,
      textBytes: 256 * 1024,
      kept: 40,
      blanksBytes: 16,
    },
    /** What others push is told after so long: an own push is answered by then, and of a spell of pushes the last counts. */
    newcomerPauseMs: 1_000,
    /** After rows have moved under a hand, what it chooses isn't taken for so long: the way to the editor's screen and back, and a blink. */
    rowsRestMs: 300,
    /** Longest label of a row: what stands beside it is seen, too. */
    rowCharacters: 50,
    /** Longest name of a device in the status bar, which all extensions share. */
    deviceCharacters: 24,
    /** QR codes, in pixels wide and high: what a camera reads off a screen an arm's length away, and across a room. */
    qrHoverPixels: 140,
    qrPagePixels: 360,
    /** A push that goes by itself waits until nothing was typed for so long: nobody sends what is half written. */
    cleanPauseMs: 1_000,
    /** Longest description in a tooltip: it is no page. */
    tooltipDescriptionCharacters: 300,
    /** Numbers of snippets that left, kept in mind because an answer on its way may still tell of them: seconds' worth. */
    goneNumbers: 100,
    /** How long a window without the focus counts as looked at: beside the one in use, longer than one reads there. */
    attentionMs: 10 * MINUTE_SECONDS * 1000,
    /** Ages of twenty snippets change at as many moments: those within a second are drawn together. */
    tickMs: 1_000,
    /** What the bench holds a push of 2 KB to, from its keys to the address on the clipboard: it feels like at once. */
    keystrokeMs: 150,
    /** What the bench holds a live update to, from a push to another's status bar: it feels like at once. */
    liveSeenMs: 300,
    /** A live socket that isn't open by then won't be: a proxy is in its way. */
    liveOpenMs: 10_000,
    /** How often a live socket is asked whether its line holds: proxies cut lines that are silent for a minute. */
    livePingMs: 45_000,
    /** A line so silent is dead: a ping and a half without an answer. */
    liveSilenceMs: 68_000,
    /** Retry of a live socket: doubling from the first to the last, which is how often is asked where none can be had. */
    liveRetryMs: { min: 1_000, max: 60_000 },
    /** How long an editor waits for a person to sign in: the first time, that takes registering, too. */
    signInMs: 10 * MINUTE_SECONDS * 1000,
    /** How long is waited for what can be done without, such as a name: an edge that is there answers in tenths of a second. */
    patienceMs: 3_000,
    /** How long the editor's Git may take to find the opened repositories: longer, and one goes without it. */
    gitStartMs: 3_000,
    /** Files of one name that are offered to choose from: a list of more is read by nobody. */
    filesOfferedAtMost: 50,
    /** The history is searched when nothing was typed for so long: longer than between two letters, not felt as a wait. */
    searchPauseMs: 200,
  },
  queue: {
    /** Pushes that wait to be sent: twice what a stack keeps. */
    items: 40,
    /** A push without an answer for so long is kept on disk while it is sent; most have theirs sooner. */
    keepAfterMs: 500,
    /** How long a push that waits is one window's to send: a call that gets no answer, twice over. */
    leaseMs: 120_000,
    /** Until an edge that is away is tried again: doubling from the first to the last. */
    retryMs: { min: 5_000, max: 15 * MINUTE_SECONDS * 1000 },
    /**
     * How long a push goes by itself. The edge may have stored it without telling, and knows it a day longer than
     * this; after that, its author says whether it goes.
     */
    byItselfMs: 30 * DAY_SECONDS * 1000,
  },

  github: {
    /** Longest search that GitHub takes (docs.github.com/rest/search, "Limitations on query length"). */
    wordsCharacters: 256,
    /** Longest phrase that is searched for: a whole line of code is hardly longer, and is found as well by less. */
    phraseCharacters: 120,
    /** Files that are shown: who finds nothing among them searches for something else. */
    hits: 20,
    /** GitHub answers a search within seconds, or it is down. */
    timeoutMs: 15_000,
  },

  /** What the editor’s other extensions wait for while this one starts, as the editor itself tells it. */
  activationMs: 20,
  /** The scripts for an editor with Node, without Ruff's WebAssembly. */
  extensionScriptKilobytes: 400,
  /** The packaged extension: Ruff is most of it, and everybody who installs or updates it waits for it. */
  vsixBytes: 5 * MB,
  /** The animated picture of the READMEs: whoever opens one sees it at once, on a phone, too. */
  pictureBytes: 1 * MB,

  /** How long the archive keeps a record. */
  archiveSeconds: 365 * DAY_SECONDS,

  lint: {
    /** Code actions that are resolved: an editor has a handful of tools, each with one action for all. */
    resolvedActions: 20,
    /** How many statements around a selection are tried: no statement is nested deeper. */
    expansions: 40,
    /** Diagnostics count as settled when none came for so long: tools that answer at all follow each other faster. */
    quietMs: 400,
    /** No push waits longer for diagnostics than this: a cold Pyright gives its first in 1.6 s. */
    settleMs: 2_500,
    /** VS Code gathers changes of diagnostics for so long before it tells of them: what is heard sooner is older. */
    diagnosticsDebounceMs: 50,
    /** Ruff reads 10 MB in 2 s once it runs; a slow machine gets ten times that. */
    ruffTimeoutMs: 20_000,
    /** What a program says of itself is there in 30 ms; who needs longer than this hangs. */
    ruffVersionTimeoutMs: 5_000,
    /** A report of 10,000 findings has 4 MB: more than this is of no use to anybody. */
    ruffReportBytes: 64 * MB,
    /** A Python extension that is awake answers in milliseconds; nobody waits for one that starts. */
    environmentTimeoutMs: 1_500,
    /** The stack of its thread: code that nests too deep for it (2,000 brackets), CPython refuses too (200). */
    ruffStackMb: 1,
    /** The bundled Ruff holds 130 MB and starts in 0.3 s: it goes after a minute without work. */
    ruffIdleMs: 60_000,
    /** How long the editor's tools may take to fix: they answer in well under a second, or never. */
    fixTimeoutMs: 10_000,
    /** Lines before × lines after that are compared to split an edit: 4,000 × 4,000, a table of 32 MB for a moment. */
    diffCells: 16_000_000,
  },
} as const;

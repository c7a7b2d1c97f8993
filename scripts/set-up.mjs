/**
 * Makes a machine that has only Node 20 or later and npm ready for everything else: packages (a current Node for the
 * tools among them) and a Chromium; with `--tests` also what the tests click with. Says what it does; does nothing twice.
 * Runs on the machine's own Node.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { versionOf } from './version-of.mjs';

/** In which Firefox is tested, as it names them itself. */
const languages = ['tr', 'es-AR', 'pt-BR', 'zh-TW'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const oldestFirefox = 153;

/** What is installed by Debian's package of that name, and whether it is there already. */
const needs = [
  { name: 'chromium', isThere: () => versionOf(findChromium()) !== undefined },
  ...(process.argv.includes('--tests')
    ? [
        // Debian has the languages of its Chromium in a package by itself; any other Chromium brings them along.
        { name: 'chromium-l10n', isThere: hasLanguages },
        { name: 'firefox-esr', isThere: () => (versionOf(findFirefox()) ?? 0) >= oldestFirefox },
        ...languages.map((language) => ({
          name: `firefox-esr-l10n-${language.toLowerCase()}`,
          isThere: () => speaks(language),
        })),
        // The browser’s own menus are out of a page’s reach: they are tested on a screen in memory, with keys pressed there.
        { name: 'xvfb', isThere: () => hasCommand('Xvfb') },
        { name: 'xdotool', isThere: () => hasCommand('xdotool') },
      ]
    : []),
];

let missing = look();
// Whom the user has named comes first: no other would be taken in its place.
const named = new Set([process.env['PULLCORD_CHROMIUM'], process.env['PULLCORD_FIREFOX']]);
const refused = unfit().filter(({ path }) => named.has(path));
if (refused.length > 0) {
  console.error(refused.map(({ why }) => `set-up: named, but of no use: ${why}`).join('\n'));
  process.exit(1);
}
if (missing.length > 0 && mayInstall()) {
  installFromDebian(missing);
  missing = look();
}
// Chromium alone can be had without root.
if (missing.some((name) => !name.startsWith('chromium'))) giveUp();
installPackages();
if (findChromium() === undefined) {
  say('downloading Chromium with Playwright');
  spawnSync('node_modules/.bin/playwright', ['install', '--no-shell', 'chromium'], {
    // Why it could not, it says at length and several times.
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  missing = look();
}
if (missing.length > 0) giveUp();

function look() {
  return needs.filter(({ isThere }) => !isThere()).map(({ name }) => name);
}

function installPackages() {
  const stamp = 'node_modules/.set-up';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const found = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (found === wanted) return;
  // To npm a package of which half is there is a package: what was ended in the middle is begun anew.
  const begun = 'begun';
  if (found === begun) rmSync('node_modules', { recursive: true });
  mkdirSync('node_modules', { recursive: true });
  writeFileSync(stamp, begun);
  say('installing packages (about half a minute)');
  // Not `npm ci`: it insists on every other platform's optional packages, which a mirror may not have.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  if (spawnSync('npm', args, { stdio: 'inherit' }).status !== 0) {
    console.error('set-up: npm could not install the packages; what it said stands above.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** @param {string[]} packages */
function installFromDebian(packages) {
  say(`installing ${packages.join(', ')} with apt-get`);
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  const debian = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive'];
  // What an installation that was ended in the middle has left; without it apt-get would install nothing.
  attempt([...debian, 'dpkg', '--configure', '-a']);
  attempt([...debian, 'apt-get', 'update', '-qq']);
  // One by one: where one cannot be had, the others still are.
  for (const name of packages) {
    attempt([...debian, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', name]);
  }
}

function mayInstall() {
  return hasCommand('apt-get') && (isRoot() || works('sudo', ['-n', 'true']));
}

function giveUp() {
  const names = missing.join(', ');
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const toDo = !hasCommand('apt-get')
    ? `Missing: ${names} (as Debian calls them). There is no apt-get here: install them in this system’s own way.`
    : mayInstall()
      ? `Missing: ${names}. apt-get could not install them; what it said stands above. Once it can: ${command}`
      : `Missing: ${names}. Installing them needs root, and sudo wants a password here or is not there. ` +
        `Have root run this, then start again:\n\n    ${command}\n`;
  console.error(
    [
      `set-up: ${toDo}`,
      ...unfit().map(({ why }) => why),
      'A browser that lies elsewhere can be named: PULLCORD_CHROMIUM is the path of a Chromium (not Google Chrome: it ' +
        `ignores --load-extension), PULLCORD_FIREFOX that of a Firefox from ${oldestFirefox} on.`,
    ].join('\n'),
  );
  process.exit(1);
}

/** Browsers that are there and of no use count as missing; why, nobody could guess. */
function unfit() {
  const found = [
    ...(missing.includes('chromium') ? [findChromium()] : []),
    ...(missing.includes('firefox-esr') ? [findFirefox()] : []),
  ];
  return found.flatMap((path) => {
    if (path === undefined) return [];
    const version = versionOf(path);
    const why =
      version === undefined
        ? `${path} does not start; \`${path} --version\` says why.`
        : `${path} is of version ${version}, which is too old.`;
    return [{ path, why }];
  });
}

function hasLanguages() {
  const chromium = findChromium();
  if (chromium === undefined) return false;
  const languages = '/usr/lib/chromium/locales';
  const isDebians = chromium === '/usr/bin/chromium' && existsSync(languages);
  return !isDebians || existsSync(`${languages}/tr.pak`);
}

/**
 * Whether Debian's Firefox has it; any other is its owner's.
 * @param {string} language
 */
function speaks(language) {
  const firefox = findFirefox();
  if (firefox === undefined) return false;
  const folder = '/usr/lib/firefox-esr';
  const isDebians = existsSync(firefox) && realpathSync(firefox).startsWith(`${folder}/`);
  const pack = `langpack-${language}@firefox-esr.mozilla.org.xpi`;
  return !isDebians || existsSync(`${folder}/browser/extensions/${pack}`);
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {string} name */
function hasCommand(name) {
  return works('sh', ['-c', `command -v ${name}`]);
}

/** @param {string} command @param {string[]} args */
function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** @param {string[]} words */
function attempt([command = '', ...args]) {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {string} text */
function say(text) {
  console.log(`set-up: ${text}`);
}

/**
 * Makes a machine that has only Node 20 or later and npm ready for everything else: packages (a current Node for the
 * tools among them) and a Chromium; with `--tests` also what the tests click with. Says what it does; does nothing twice.
 * Runs on the machine's own Node.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';

/** In which Firefox is tested, as it names them itself. */
const languages = ['tr', 'es-AR', 'pt-BR', 'zh-TW'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** What is installed by Debian's package of that name, and whether it is there already. */
const needs = [
  { name: 'chromium', isThere: () => findChromium() !== undefined },
  ...(process.argv.includes('--tests')
    ? [
        // Debian has the languages of its Chromium in a package by itself; any other Chromium brings them along.
        { name: 'chromium-l10n', isThere: hasLanguages },
        { name: 'firefox-esr', isThere: () => findFirefox() !== undefined },
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

installFromDebian(missing());
// Chromium alone can be had without root.
if (missing().some((name) => !name.startsWith('chromium'))) giveUp();
installPackages();
if (!findChromium()) {
  say('downloading Chromium with Playwright');
  spawnSync('node_modules/.bin/playwright', ['install', 'chromium'], {
    // Why it could not, it says at length and several times.
    stdio: ['ignore', 'inherit', 'ignore'],
  });
}
if (missing().length > 0) giveUp();

function missing() {
  return needs.filter(({ isThere }) => !isThere()).map(({ name }) => name);
}

function installPackages() {
  const stamp = 'node_modules/.set-up';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
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
  if (packages.length === 0 || !mayInstall()) return;
  say(`installing ${packages.join(', ')} with apt-get`);
  const sudo = isRoot() ? [] : ['sudo', '-n'];
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  attempt([...apt, 'update', '-qq']);
  // One by one: where one cannot be had, the others still are.
  for (const name of packages) {
    attempt([...apt, 'install', '-y', '-qq', '--no-install-recommends', name]);
  }
}

function mayInstall() {
  return hasCommand('apt-get') && (isRoot() || works('sudo', ['-n', 'true']));
}

function giveUp() {
  const names = missing();
  const command = `apt-get install --no-install-recommends ${names.join(' ')}`;
  const toDo = !hasCommand('apt-get')
    ? `Missing: ${names.join(', ')} (as Debian calls them). There is no apt-get here: install them in this system’s own way.`
    : mayInstall()
      ? `Missing: ${names.join(', ')}. apt-get could not install them; what it said stands above. Once it can: ${command}`
      : `Missing: ${names.join(', ')}. Installing them needs root, and sudo wants a password here or is not there. ` +
        `Have root run this, then start again:\n\n    ${command}\n`;
  console.error(
    `set-up: ${toDo}\n` +
      'A browser that lies elsewhere can be named: PULLCORD_CHROMIUM is the path of a Chromium (not Google Chrome: it ' +
      'ignores --load-extension), PULLCORD_FIREFOX that of a Firefox from 153 on.',
  );
  process.exit(1);
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

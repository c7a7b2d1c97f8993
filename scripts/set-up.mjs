/**
 * Makes a machine that has only Node 20 or later and npm ready for everything else: packages (a current Node for the
 * tools among them) and a Chromium; with `--tests` also what the tests click with. Says what it does; does nothing twice.
 * Runs on the machine's own Node.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** @type {import('node:child_process').StdioOptions} */
const quiet = ['ignore', 'ignore', 'inherit'];

installPackages();
installChromium();
if (process.argv.includes('--tests')) {
  installFirefox();
  installScreen();
  installLanguages();
}

function installPackages() {
  const stamp = 'node_modules/.set-up';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing packages (about half a minute)');
  // Not `npm ci`: it insists on every other platform's optional packages, which a mirror may not have.
  run(['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

function installChromium() {
  if (findChromium()) return;
  if (!installFromDebian('Chromium', ['chromium'])) {
    say('downloading Chromium with Playwright');
    spawnSync('node_modules/.bin/playwright', ['install', 'chromium'], { stdio: 'inherit' });
  }
  if (findChromium()) return;
  console.error(
    'There is no Chromium here and it could not be installed. Install Debian’s package `chromium` as root, or set ' +
      'PULLCORD_CHROMIUM to the path of a Chromium (not Google Chrome: it ignores --load-extension).',
  );
  process.exit(1);
}

function installFirefox() {
  if (findFirefox()) return;
  installFromDebian('Firefox', ['firefox-esr']);
  if (findFirefox()) return;
  console.error(
    'The tests need a Firefox as it is released, and it could not be installed here: run `apt-get install firefox-esr` ' +
      'as root, or set PULLCORD_FIREFOX to the path of a Firefox from 153 on.',
  );
  process.exit(1);
}

/** The browser’s own menus are out of a page’s reach: they are tested on a screen in memory, with keys pressed there. */
function installScreen() {
  const missing = [
    { command: 'Xvfb', package: 'xvfb' },
    { command: 'xdotool', package: 'xdotool' },
  ].filter(({ command }) => !hasCommand(command));
  if (missing.length === 0) return;
  const packages = missing.map((each) => each.package);
  installFromDebian(packages.join(' and '), packages);
  if (missing.every(({ command }) => hasCommand(command))) return;
  console.error(
    `The tests need Debian’s packages ${packages.join(' and ')}, which could not be installed here: ` +
      `run \`apt-get install ${packages.join(' ')}\` as root.`,
  );
  process.exit(1);
}

/** Debian has the languages of its Chromium in a package by itself; any other Chromium brings them along. */
function installLanguages() {
  const languages = '/usr/lib/chromium/locales';
  const isThere = () => existsSync(`${languages}/tr.pak`);
  if (findChromium() !== '/usr/bin/chromium' || !existsSync(languages) || isThere()) return;
  installFromDebian('Chromium’s languages', ['chromium-l10n']);
  if (isThere()) return;
  console.error(
    'The tests need Debian’s package `chromium-l10n`, which could not be installed here: run `apt-get install ' +
      'chromium-l10n` as root.',
  );
  process.exit(1);
}

/**
 * Whether it could.
 * @param {string} what @param {string[]} packages
 */
function installFromDebian(what, packages) {
  if (!hasCommand('apt-get') || !(isRoot() || works('sudo', ['-n', 'true']))) return false;
  say(`installing ${what} with apt-get`);
  const apt = [
    ...(isRoot() ? [] : ['sudo', '-n']),
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
  ];
  try {
    run([...apt, 'update', '-qq'], quiet);
    run([...apt, 'install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
    return true;
  } catch {
    return false;
  }
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

/** @param {string[]} words @param {import('node:child_process').StdioOptions} [stdio] */
function run([command = '', ...args], stdio = 'inherit') {
  execFileSync(command, args, { stdio });
}

/** @param {string} text */
function say(text) {
  console.log(`set-up: ${text}`);
}

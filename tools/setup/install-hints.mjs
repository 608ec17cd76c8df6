import { existsSync, readFileSync } from 'node:fs';

/** @typedef {'compiler' | 'python' | 'cmake'} Tool */
/** @typedef {'debian' | 'fedora' | 'arch' | 'suse' | 'alpine' | 'macos' | 'other'} System */

/** @type {Record<System, Record<Tool, string>>} */
const commands = {
  debian: {
    compiler: 'sudo apt-get install g++ make',
    python: 'sudo apt-get install python3 python3-pip',
    cmake: 'sudo apt-get install cmake ninja-build',
  },
  fedora: {
    compiler: 'sudo dnf install gcc-c++ make',
    python: 'sudo dnf install python3 python3-pip',
    cmake: 'sudo dnf install cmake ninja-build',
  },
  arch: {
    compiler: 'sudo pacman -S gcc make',
    python: 'sudo pacman -S python python-pip',
    cmake: 'sudo pacman -S cmake ninja',
  },
  suse: {
    compiler: 'sudo zypper install gcc-c++ make',
    python: 'sudo zypper install python3 python3-pip',
    cmake: 'sudo zypper install cmake ninja',
  },
  alpine: {
    compiler: 'Alpine has no glibc, which LibTorch needs; use Debian, Ubuntu or Fedora',
    python: 'sudo apk add python3 py3-pip',
    cmake: 'sudo apk add cmake ninja',
  },
  macos: {
    compiler: 'xcode-select --install',
    python: 'brew install python',
    cmake: 'brew install cmake ninja',
  },
  other: {
    compiler: 'install GCC 11 or newer with the package manager of your system',
    python: 'install Python 3 with pip with the package manager of your system',
    cmake: 'install CMake with the package manager of your system',
  },
};

/**
 * The command that installs a tool on this system.
 * @param {Tool} tool
 */
export function installHint(tool) {
  return commands[currentSystem()][tool];
}

/** @returns {System} */
function currentSystem() {
  if (process.platform === 'darwin') return 'macos';
  const path = '/etc/os-release';
  return existsSync(path) ? systemOf(readFileSync(path, 'utf8')) : 'other';
}

/**
 * The family of a Linux distribution, from the text of its os-release file.
 * @param {string} osRelease
 * @returns {System}
 */
export function systemOf(osRelease) {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].map((match) => match[1]);
  const words = ids.join(' ').split(' ');
  if (words.some((word) => word === 'debian' || word === 'ubuntu')) return 'debian';
  if (words.some((word) => word === 'fedora' || word === 'rhel')) return 'fedora';
  if (words.includes('arch')) return 'arch';
  if (words.some((word) => word.includes('suse'))) return 'suse';
  return words.includes('alpine') ? 'alpine' : 'other';
}

import { expect, test } from 'vitest';
import { systemOf } from './install-hints.mjs';

test.each([
  ['ID=debian\nVERSION_ID="12"\n', 'debian'],
  ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
  ['ID=fedora\n', 'fedora'],
  ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'suse'],
  ['ID=arch\n', 'arch'],
  ['ID=alpine\n', 'alpine'],
  ['ID=nixos\n', 'other'],
  ['', 'other'],
])('%j is %s', (text, system) => {
  expect(systemOf(text)).toBe(system);
});

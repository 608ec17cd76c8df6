const signatures: readonly [bytes: string, format: string][] = [
  ['PK\x03\x04', 'a zip archive, as torch.save and TorchScript write'],
  ['\x80\x02', 'a pickle'],
  ['\x80\x03', 'a pickle'],
  ['\x80\x04', 'a pickle'],
  ['\x80\x05', 'a pickle'],
  ['\x89HDF', 'an HDF5 file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['GGUF', 'a GGUF file'],
  ['\x1f\x8b', 'a gzip file'],
  ['version ', 'a Git LFS pointer, whose file was not downloaded'],
  ['<', 'a web page'],
  ['{', 'a JSON text'],
];

/** Names the format that the first eight bytes of a file betray, for a hint; else `undefined`. */
export function foreignFormat(prefix: Buffer): string | undefined {
  const start = prefix.toString('latin1');
  return signatures.find(([bytes]) => start.startsWith(bytes))?.[1];
}

/** Programming languages by file name, called as GitHub's Linguist calls them. */

/** The language of a file, also packed; undefined for what is no source code. */
export function programmingLanguageOf(path: string): string | undefined {
  const name = (path.split('/').at(-1) ?? '').replace(/\.(gz|zst)$/, '');
  const byName = languageOfName.get(name.toLowerCase());
  if (byName !== undefined) return byName;
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? undefined : languageOfEnding.get(name.slice(dot + 1).toLowerCase());
}

const endings: Readonly<Record<string, string>> = {
  Assembly: 'asm s',
  C: 'c h',
  'C#': 'cs',
  'C++': 'cc cpp cxx hpp hh hxx ipp',
  CMake: 'cmake',
  CSS: 'css',
  Clojure: 'clj cljs cljc',
  'Common Lisp': 'lisp lsp',
  Cuda: 'cu cuh',
  Dart: 'dart',
  Elixir: 'ex exs',
  Elm: 'elm',
  'Emacs Lisp': 'el',
  Erlang: 'erl hrl',
  'F#': 'fs fsx fsi',
  Fortran: 'f f90 f95 f03',
  GLSL: 'glsl vert frag',
  Go: 'go',
  Groovy: 'groovy gradle',
  Haskell: 'hs lhs',
  Java: 'java',
  JavaScript: 'js mjs cjs jsx',
  Julia: 'jl',
  Kotlin: 'kt kts',
  Lean: 'lean',
  Lua: 'lua',
  MATLAB: 'm',
  Markdown: 'md markdown',
  Makefile: 'mk',
  Nim: 'nim',
  Nix: 'nix',
  OCaml: 'ml mli',
  PHP: 'php',
  Pascal: 'pas pp',
  Perl: 'pl pm',
  PowerShell: 'ps1 psm1',
  Prolog: 'pro prolog',
  'Protocol Buffer': 'proto',
  Python: 'py pyi pyx',
  R: 'r',
  Racket: 'rkt',
  Ruby: 'rb rake',
  Rust: 'rs',
  SCSS: 'scss',
  SQL: 'sql',
  Scala: 'scala sc',
  Scheme: 'scm ss',
  Shell: 'sh bash zsh',
  Solidity: 'sol',
  Svelte: 'svelte',
  Swift: 'swift',
  Tcl: 'tcl',
  TeX: 'tex sty cls',
  TypeScript: 'ts mts cts tsx',
  VHDL: 'vhd vhdl',
  Verilog: 'v sv svh',
  'Vim Script': 'vim',
  'Visual Basic .NET': 'vb',
  Vue: 'vue',
  Zig: 'zig',
  reStructuredText: 'rst',
};

const names: Readonly<Record<string, string>> = {
  'cmakelists.txt': 'CMake',
  dockerfile: 'Dockerfile',
  gemfile: 'Ruby',
  gnumakefile: 'Makefile',
  makefile: 'Makefile',
  rakefile: 'Ruby',
};

const languageOfEnding = new Map(
  Object.entries(endings).flatMap(([language, list]) =>
    list.split(' ').map((ending) => [ending, language] as const),
  ),
);
const languageOfName = new Map(Object.entries(names));

# Finds out whether pictures would have all letters; sourced by the scripts that take some.

# Fonts of Debian's packages fonts-noto-core and fonts-noto-cjk, one for each script that a language needs.
missing_fonts() {
  local family
  for family in 'Noto Sans Arabic' 'Noto Sans Devanagari' 'Noto Sans Thai' 'Noto Sans CJK SC'; do
    [[ -n $(fc-list "$family" 2>/dev/null) ]] || echo "$family"
  done
}

# Pictures with boxes in the place of letters are worse than none.
need_fonts() {
  local missing
  missing=$(missing_fonts)
  [[ -z $missing ]] && return
  printf 'missing fonts:\n%s\ninstall fonts-noto-core and fonts-noto-cjk (and fontconfig)\n' "$missing" >&2
  return 1
}

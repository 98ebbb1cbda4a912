/**
 * For each shell, what makes it complete the words of taskmasterctl: a function that asks `completion suggest` for the line up to the
 * cursor, and gets a word a line, with a tab and its explanation behind it.
 */
export const COMPLETION_SCRIPTS = {
  bash: `# bash completion of taskmasterctl; put this into ~/.bashrc:  source <(taskmasterctl completion bash)
_taskmasterctl() {
  local line="\${COMP_LINE:0:COMP_POINT}" word prefix="" suggestion
  word="\${line##*[[:space:]]}"
  # Readline counts a word from the last of its own breaks on, a colon among them.
  [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && prefix="\${word%:*}:"
  COMPREPLY=()
  while IFS=$'\\t' read -r suggestion _; do
    COMPREPLY+=("\${suggestion#"$prefix"}")
  done < <("$1" completion suggest -- "$line" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace
}
complete -o default -F _taskmasterctl taskmasterctl
`,
  zsh: `#compdef taskmasterctl
# zsh completion of taskmasterctl; put this into ~/.zshrc:  source <(taskmasterctl completion zsh)
_taskmasterctl() {
  local -a suggestions
  local word explanation
  while IFS=$'\\t' read -r word explanation; do
    suggestions+=("\${word//:/\\\\:}:$explanation")
  done < <("\${words[1]}" completion suggest -- "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)
  if (( \${#suggestions} )); then _describe taskmasterctl suggestions; else _files; fi
}
compdef _taskmasterctl taskmasterctl
`,
  fish: `# fish completion of taskmasterctl; put this into config.fish:  taskmasterctl completion fish | source
complete -c taskmasterctl -f -a '(taskmasterctl completion suggest -- (commandline -cp) 2>/dev/null)'
`,
} as const;

#!/bin/sh
# Starts Firefox, and tells Playwright that it listens where the relay does. It stays where the extension's process is killed.
unset MOZ_CRASHREPORTER_SHUTDOWN
"$PULLCORD_FIREFOX" "$@" 2>&1 | while IFS= read -r line; do
  case "$line" in
    'WebDriver BiDi listening on ws://127.0.0.1:'*)
      echo "WebDriver BiDi listening on ws://127.0.0.1:$PULLCORD_RELAY/${line##*:}"
      ;;
    *) echo "$line" ;;
  esac
done

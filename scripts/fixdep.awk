# SPDX-License-Identifier: BSD-2-Clause
# awk -v target=FILE -v stamps=FOLDER -f fixdep.awk FILE.d: turn the compiler's
# list of headers into make rules on stdout. The one big autoconf.h is replaced
# by a stamp for each CONFIG_ name that the files mention, so that an option
# rebuilds only what reads it.

function read_names(file,   line, name) {
	while ((getline line < file) > 0)
		while (match(line, /CONFIG_[A-Z0-9_]+/)) {
			name = substr(line, RSTART + 7, RLENGTH - 7)
			names[name] = 1
			line = substr(line, RSTART + RLENGTH)
		}
	close(file)
}

# A name that is no symbol (in a comment, say) has no stamp.
function is_symbol(name,   line, result) {
	result = (getline line < (stamps "/" name)) >= 0
	close(stamps "/" name)
	return result
}

{
	sub(/^[^ ]*:/, "")
	sub(/\\$/, "")
	for (i = 1; i <= NF; i++)
		if ($i !~ /\/generated\/autoconf\.h$/)
			files[++count] = $i
}

END {
	printf "%s:", target
	for (i = 1; i <= count; i++) {
		printf " %s", files[i]
		read_names(files[i])
	}
	for (name in names)
		if (is_symbol(name))
			printf " %s/%s", stamps, name
	printf "\n"
	# A header that was deleted since then is no reason to stop.
	for (i = 1; i <= count; i++)
		printf "%s:\n", files[i]
}

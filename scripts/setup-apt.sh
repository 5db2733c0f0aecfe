# SPDX-License-Identifier: BSD-2-Clause
# Parts of scripts/setup: a private apt that downloads packages of any
# architecture from where this machine's own apt gets them, without root and
# without touching the machine's state.

# names HOW: the packages of that kind, as this release calls them.
names() {
	awk -v how="$1" -v release="$release" '
	$1 != how { next }
	$2 !~ /@/ { print $2; next }
	{
		count = split($2, choices, ",")
		for (i = 1; i <= count; i++) {
			split(choices[i], part, "@")
			if (part[2] == release && part[1] != "-")
				print part[1]
		}
	}' "$list"
}

apt_etc=${apt_etc:-/etc/apt}

# sources ARCH: the machine's own Debian or Ubuntu sources as one-line entries.
# Anything else (vendors' repositories, PPAs) is left out: known by the suite,
# which is the release's name, and the component, which is main or universe.
sources() {
	for file in $apt_etc/sources.list $apt_etc/sources.list.d/*.list; do
		[ -r "$file" ] && one_line_sources "$file"
	done
	for file in $apt_etc/sources.list.d/*.sources; do
		[ -r "$file" ] && deb822_sources "$file"
	done
}

# Print "options|uri|suite|components" for each deb line.
one_line_sources() {
	sed -nE -e 's/[[:space:]]+#.*$//' \
		-e 's/^deb[[:space:]]+(\[([^]]*)\][[:space:]]+)?([^[:space:]]+)[[:space:]]+([^[:space:]]+)[[:space:]]+(.*)$/\2|\3|\4|\5/p' "$1"
}

# The same for each combination of URIs and Suites of a stanza.
deb822_sources() {
	awk 'function flush(   i, j, n, m, u, s, o) {
		if (f["types"] ~ /(^| )deb( |$)/ && f["enabled"] !~ /^no/) {
			n = split(f["uris"], u, " ")
			m = split(f["suites"], s, " ")
			o = ""
			# A key that stands inline is found by apt in its own keyrings.
			if (f["signed-by"] ~ /^\//)
				o = "signed-by=" f["signed-by"]
			if (f["architectures"] != "")
				o = o " arch=" f["architectures"]
			for (i = 1; i <= n; i++)
				for (j = 1; j <= m; j++)
					print o "|" u[i] "|" s[j] "|" f["components"]
		}
		split("", f)
		key = ""
	}
	/^#/ { next }
	/^[ \t]*$/ { flush(); next }
	/^[^ \t]/ {
		key = tolower(substr($0, 1, index($0, ":") - 1))
		f[key] = substr($0, index($0, ":") + 1)
		sub(/^[ \t]+/, "", f[key])
		next
	}
	{ f[key] = f[key] " " $0 }
	END { flush() }' "$1"
}

# Keep what the distribution itself publishes, one component list fits all.
own_sources() {
	sources | while IFS='|' read -r options uri suite components; do
		case $suite in
		"$VERSION_CODENAME" | "$VERSION_CODENAME"-updates | \
			"$VERSION_CODENAME"-security) ;;
		*) continue ;;
		esac
		case " $components " in *" main "*) ;; *) continue ;; esac
		case $uri in *launchpad*) continue ;; esac
		signed=$(echo "$options" | tr ' ' '\n' | grep '^signed-by=' || :)
		case " $components " in
		*" universe "*) components="main universe" ;;
		*) components=main ;;
		esac
		echo "$signed|$(for_arch "$uri" "$1")|$suite|$components"
	done | sort -u
}

# Ubuntu keeps the other architectures on the ports archive.
for_arch() {
	case $ID-$2 in
	ubuntu-arm64)
		case $1 in
		*/ubuntu-ports*) echo "$1" ;;
		*//*archive.*/* | *//security.*/*)
			echo "$1" | sed -E \
				's,//([a-z]+\.)?(archive|security)\.([^/]*)/ubuntu,//ports.\3/ubuntu-ports,' ;;
		*) echo "$1" | sed 's,/ubuntu/*$,/ubuntu-ports,' ;;
		esac ;;
	*) echo "$1" ;;
	esac
}

# apt_private ARCH: make the private apt look at ARCH and read the lists.
apt_private() {
	arch=$1
	apt_dir=$new/apt-$arch
	mkdir -p "$apt_dir/etc/conf.d" "$apt_dir/etc/empty" \
		"$apt_dir/state/lists/partial" "$apt_dir/cache/archives/partial"
	: > "$apt_dir/status"
	# The machine's own settings (proxies, transports) but not its hooks.
	for file in $apt_etc/apt.conf.d/*; do
		[ -r "$file" ] && ln -sf "$file" "$apt_dir/etc/conf.d/"
	done
	cat > "$apt_dir/etc/conf.d/zz-aglet" <<-EOF
	#clear APT::Update::Pre-Invoke;
	#clear APT::Update::Post-Invoke;
	#clear APT::Update::Post-Invoke-Success;
	#clear DPkg::Pre-Invoke;
	#clear DPkg::Post-Invoke;
	APT::Architecture "$arch";
	#clear APT::Architectures;
	APT::Architectures { "$arch"; };
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	Dir::State "$apt_dir/state";
	Dir::State::status "$apt_dir/status";
	Dir::Cache "$apt_dir/cache";
	Dir::Etc::sourcelist "$apt_dir/etc/sources.list";
	Dir::Etc::sourceparts "$apt_dir/etc/empty";
	Dir::Etc::preferencesparts "$apt_dir/etc/empty";
	EOF
	echo "Dir::Etc::Parts \"$apt_dir/etc/conf.d\";" > "$apt_dir/apt.conf"
	own_sources "$arch" | while IFS='|' read -r signed uri suite components; do
		echo "deb [arch=$arch${signed:+ $signed}] $uri $suite $components"
	done > "$apt_dir/etc/sources.list"
	[ -s "$apt_dir/etc/sources.list" ] || fail "no source of $PRETTY_NAME" \
		"in $apt_etc"
	apt_update
}

apt_run() {
	tool=$1
	shift
	APT_CONFIG=$apt_dir/apt.conf "$tool" -q "$@"
}

apt_update() {
	apt_run apt-get update > "$apt_dir/log" 2>&1 || {
		cat "$apt_dir/log" >&2
		fail "apt-get update failed for $arch; is there a network?"
	}
}

# The backports suite at the same places as the release itself.
apt_backports() {
	[ "$ID" = debian ] || return 1
	own_sources "$arch" | while IFS='|' read -r signed uri suite components; do
		[ "$suite" = "$VERSION_CODENAME" ] || continue
		echo "deb [arch=$arch${signed:+ $signed}] $uri $suite-backports $components"
	done >> "$apt_dir/etc/sources.list"
	say "looking into $VERSION_CODENAME-backports for a newer QEMU"
	apt_update
}

apt_version() {
	apt_run apt-cache show --no-all-versions "$1" 2>/dev/null |
		sed -n 's/^Version: //p' | head -n 1
}

apt_depends() {
	apt_run apt-cache depends "$1" | sed -n 's/^ *Depends: //p'
}

# apt_unpack FOLDER PACKAGE...: without the kernel's modules, nobody loads them.
apt_unpack() {
	into=$1
	shift
	mkdir -p "$into" "$apt_dir/debs"
	(cd "$apt_dir/debs" && apt_run apt-get download "$@" > ../log 2>&1) || {
		cat "$apt_dir/log" >&2
		fail "could not download $*"
	}
	for deb in "$apt_dir/debs"/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" |
			tar -C "$into" -x --exclude './lib/modules' \
				--exclude './usr/lib/modules' --exclude './usr/share/doc'
	done
	rm -rf "$apt_dir/debs"
}

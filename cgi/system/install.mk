# Installing: part of the Makefile.  The directories have the names and meanings of the GNU Coding
# Standards; configuration and state are below / by default, where systemd and nginx look for them.

DESTDIR ?=
prefix ?= /usr/local
bindir ?= $(prefix)/bin
sbindir ?= $(prefix)/sbin
libexecdir ?= $(prefix)/libexec
datadir ?= $(prefix)/share
mandir ?= $(datadir)/man
docdir ?= $(datadir)/doc/teade
sysconfdir ?= /etc
localstatedir ?= /var

MANUALS = $(patsubst %,$(BUILD)/%,src/teade.1 cgi/teade-consent.8 cgi/teade-records.8)
# What a site's pages are made of: the templates, their catalogues, and the document that says what
# is recorded, with its own.
DATA_FILES = $(shell find templates -type f) $(wildcard locale/*/LC_MESSAGES/site.po \
  locale/*/LC_MESSAGES/record-of-choices.po content/record-of-choices/*.md)

# From the folder of the programs to that of their data.
$(BUILD)/src/data_folder.o: $(BUILD)/data_path.inc
$(BUILD)/data_path.inc: FORCE
	@mkdir -p $(@D)
	@path='"$(shell realpath -m --relative-to=$(bindir) $(datadir)/teade)",'; \
	  [ "$$(cat $@ 2>/dev/null)" = "$$path" ] || echo "$$path" >$@

# Where a page's lists of commands and options go is what --help prints.
$(BUILD)/%.1 $(BUILD)/%.8: PROGRAM = $(BUILD)/$(notdir $*)
$(BUILD)/%.1: %.1 cgi/system/mdoc.awk cgi/system/manual.sh $(PROGRAMS)
	$(call say,MAN)cgi/system/manual.sh $(PROGRAM) $< >$@
$(BUILD)/%.8: %.8 cgi/system/mdoc.awk cgi/system/manual.sh $(PROGRAMS)
	$(call say,MAN)cgi/system/manual.sh $(PROGRAM) $< >$@

# What stands between @ signs in the files below.
nginx_group ?= www-data
unitdir ?= $(prefix)/lib/systemd/system
SETTLE = $(foreach name,prefix bindir sbindir libexecdir sysconfdir localstatedir nginx_group,\
  -e 's,@$(name)@,$($(name)),g')
UNITS = teade-consent.socket teade-consent.service.in $(foreach job,publish backup verify,\
  teade-$(job).service.in teade-$(job).timer)

# MODE FROM TO, one a line: all that is installed.
define INSTALLED
755 $(BUILD)/teade $(bindir)/teade
755 $(BUILD)/teade-records $(bindir)/teade-records
755 $(BUILD)/teade-consent $(sbindir)/teade-consent
644 $(BUILD)/src/teade.1 $(mandir)/man1/teade.1
644 $(BUILD)/cgi/teade-consent.8 $(mandir)/man8/teade-consent.8
644 $(BUILD)/cgi/teade-records.8 $(mandir)/man8/teade-records.8
644 cgi/system/teade.bash $(datadir)/bash-completion/completions/teade
644 cgi/system/teade.bash $(datadir)/bash-completion/completions/teade-consent
644 cgi/system/teade.bash $(datadir)/bash-completion/completions/teade-records
755 cgi/system/backup.sh.in $(libexecdir)/teade/backup
755 cgi/system/reload.sh.in $(libexecdir)/teade/reload
644 cgi/system/teade.sysusers $(prefix)/lib/sysusers.d/teade.conf
644 cgi/system/teade.tmpfiles.in $(prefix)/lib/tmpfiles.d/teade.conf
644 cgi/system/nginx.conf.in $(docdir)/examples/nginx.conf
644 README.md $(docdir)/README.md
644 content/README.md $(docdir)/content/README.md
644 locale/README.md $(docdir)/locale/README.md
644 cgi/README.md $(docdir)/cgi/README.md
endef
export INSTALLED

install: all $(MANUALS) ## install below DESTDIR: programs, templates, manual pages (prefix=/usr/local)
	@{ echo "$$INSTALLED"; printf '644 %s $(datadir)/teade/%s\n' $(foreach f,$(DATA_FILES),$f $f); \
	  printf '644 cgi/system/%s $(unitdir)/%s\n' $(foreach u,$(UNITS),$u $(u:.in=)); } | \
	  while read -r mode from to; do install -D -m "$$mode" "$$from" "$(DESTDIR)$$to" && \
	  case $$from in cgi/system/*) sed -i $(SETTLE) "$(DESTDIR)$$to" ;; esac || exit 1; done
	@to="$(DESTDIR)$(sysconfdir)/teade/teade.conf"; [ -e "$$to" ] || install -D -m 644 cgi/system/teade.conf "$$to"

uninstall: ## remove what `make install` installed; configuration, keys and records stay
	@echo "$$INSTALLED" | while read -r mode from to; do rm -f "$(DESTDIR)$$to"; done
	@rm -rf "$(DESTDIR)$(datadir)/teade" "$(DESTDIR)$(libexecdir)/teade"
	@rm -f $(foreach u,$(UNITS),"$(DESTDIR)$(unitdir)/$(u:.in=)")
	@find "$(DESTDIR)$(docdir)" -depth -type d -empty -delete 2>/dev/null || :

VERSION = $(shell sed -n 's/.*TEADE_VERSION "\(.*\)"/\1/p' src/base/version.h)

deb: all $(MANUALS) install-deb ## a Debian package, in build/
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory install DESTDIR=$(abspath $(BUILD))/deb/teade prefix=/usr \
	  libexecdir=/usr/libexec
	@cgi/system/deb.sh $(abspath $(BUILD))/deb/teade $(abspath $(BUILD)) $(VERSION)

.PHONY: install uninstall deb FORCE

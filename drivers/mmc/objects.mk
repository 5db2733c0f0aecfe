# SPDX-License-Identifier: BSD-2-Clause
obj-$(if $(CONFIG_SDHCI)$(CONFIG_BCM_SDHOST),y) += card.o
obj-$(CONFIG_BCM_SDHOST) += bcm_sdhost.o
obj-$(CONFIG_SDHCI) += sdhci.o sdhci_data.o sdhci_dt.o
